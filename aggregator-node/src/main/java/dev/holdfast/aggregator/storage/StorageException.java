package dev.holdfast.aggregator.storage;

/** RocksDB failed, or holds bytes that it cannot hold. A fault: nothing may be written after it. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StorageException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
