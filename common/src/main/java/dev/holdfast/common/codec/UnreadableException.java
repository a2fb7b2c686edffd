package dev.holdfast.common.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bytes that this build cannot read: they are damaged, or a newer build wrote them. */
public abstract sealed class UnreadableException extends IOException
    permits CorruptBatchException, NeedsNewerBuildException {
  private static final long serialVersionUID = 1L;

  UnreadableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
