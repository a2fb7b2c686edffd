package dev.holdfast.common.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bytes that should be an event batch are not, or one that this build does not know. */
public final class CorruptBatchException extends IOException {
  private static final long serialVersionUID = 1L;

  public CorruptBatchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
