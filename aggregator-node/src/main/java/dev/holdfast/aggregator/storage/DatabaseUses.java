package dev.holdfast.aggregator.storage;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.holdfast.aggregator.view.ViewClosedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the users of the database. Native memory must outlive its readers, so closing admits
 * nobody any more, makes long reads end, and waits for the rest. For any thread; a use may end on
 * another thread than it began on.
 */
final class DatabaseUses {
  private static final int MANY = Integer.MAX_VALUE;

  private final Semaphore free = new Semaphore(MANY);
  private volatile boolean closing;

  void begin() {
    if (closing || !free.tryAcquire()) {
      throw new ViewClosedException();
    }
  }

  void end() {
    free.release();
  }

  <T extends @Nullable Object> T during(Supplier<T> work) {
    begin();
    try {
      return work.get();
    } finally {
      end();
    }
  }

  void during(Runnable work) {
    begin();
    try {
      work.run();
    } finally {
      end();
    }
  }

  /** Ends a long read, from within, when the view is to be closed or its thread to end. */
  void check() {
    if (closing || Thread.currentThread().isInterrupted()) {
      throw new ViewClosedException();
    }
  }

  void refuse() {
    closing = true;
  }

  /** Waits until nobody uses it any more; false when that took too long. */
  boolean awaitEnd(Duration within) {
    refuse();
    return Uninterruptibles.tryAcquireUninterruptibly(free, MANY, within);
  }
}
