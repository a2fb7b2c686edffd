package dev.holdfast.aggregator.storage;

import org.jspecify.annotations.Nullable;

/** The data directory can not be used. The message is the one line that the operator needs. */
public final class DataDirectoryException extends Exception {
  private static final long serialVersionUID = 1L;

  DataDirectoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
