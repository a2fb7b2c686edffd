package dev.holdfast.aggregator.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The data directory cannot be used. The message is the one line that the operator needs. */
public final class DataDirectoryException extends Exception {
  private static final long serialVersionUID = 1L;

  DataDirectoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What keeps a directory from being used, and the way out. */
  static DataDirectoryException unusable(Path directory, Exception cause) {
    if (cause instanceof DataDirectoryException refusal) {
      return refusal;
    }
    return new DataDirectoryException(
        "data directory "
            + directory
            + " cannot be used ("
            + cause.getMessage()
            + "); stop what uses it, mend it, or change holdfast.node.data-dir",
        cause);
  }
}
