package dev.holdfast.common.crypt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says in one line which key or file of keys is missing or wrong, and the way out. */
public final class KeyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean isForNow;

  public KeyException(String problem) {
    super(problem);
    this.isForNow = false;
  }

  public KeyException(String problem, Throwable cause) {
    super(problem, cause);
    this.isForNow = cause instanceof KeyException of && of.isForNow;
  }

  private KeyException(String problem, @Nullable Throwable cause, boolean isForNow) {
    super(problem, cause);
    this.isForNow = isForNow;
  }

  /** A vault is away, or cannot answer now: it may be asked again. */
  static KeyException forNow(String problem, @Nullable Throwable cause) {
    return new KeyException(problem, cause, true);
  }

  /** Whether it may be otherwise at another try, without a change of what is stored here. */
  public boolean isForNow() {
    return isForNow;
  }
}
