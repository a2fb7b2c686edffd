package dev.holdfast.aggregator.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes that wait while the disk is full: what they write is written when there is room again. For
 * any thread; a wait ends when its thread is interrupted.
 */
final class DiskRoom {
  private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);

  private final Duration pause;
  private volatile boolean full;
  private volatile Runnable onChange = () -> {};

  DiskRoom(Duration pause) {
    this.pause = pause;
  }

  /** Does the same when it is done again. */
  @FunctionalInterface
  interface Write {
    void run() throws RocksDBException;
  }

  void await(Write write) throws RocksDBException {
    RocksDBException failure = failure(write);
    while (failure != null) {
      if (!isForRoom(failure)) {
        throw failure;
      }
      change(true);
      sleep(failure);
      failure = failure(write);
    }
    change(false);
  }

  private static @Nullable RocksDBException failure(Write write) {
    try {
      write.run();
      return null;
    } catch (RocksDBException e) {
      return e;
    }
  }

  private static boolean isForRoom(RocksDBException failure) {
    Status status = failure.getStatus();
    return status != null && status.getSubCode() == Status.SubCode.NoSpace;
  }

  private void sleep(RocksDBException failure) throws RocksDBException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  private void change(boolean to) {
    if (full != to) {
      full = to;
      if (to) {
        LOG.error("the disk is full: the view is not written until there is room");
      } else {
        LOG.info("there is room on the disk again: the view is written");
      }
      onChange.run();
    }
  }

  boolean isFull() {
    return full;
  }

  /** Is told when {@link #isFull} changes. */
  void listen(Runnable listener) {
    onChange = listener;
  }
}
