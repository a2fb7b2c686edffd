package dev.holdfast.common.codec;

import org.jspecify.annotations.Nullable;

/** Bytes that should be an event batch are not. */
public final class CorruptBatchException extends UnreadableException {
  private static final long serialVersionUID = 1L;

  public CorruptBatchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
