package dev.holdfast.common.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of answers that callers have not read yet. They wait outside the heap, where
 * nothing else bounds them: without this bound, one connection that does not read could take all
 * memory, so that no other could be opened. For any thread.
 */
public final class AnswerBudget {
  /** The largest answer of any call, with its headers. */
  public static final int ANSWER_BYTES_MAX = 4 << 20;

  /** A quarter of the memory for the network, which may take as much as the heap. */
  private static final int PART_OF_MEMORY = 4;

  /**
   * The number of pages of a connection that are read or sent at a time. They share few threads
   * with all other reads.
   */
  private static final int PAGES_MAX = 8;

  /** The number of connections that may stop reading and still leave room for others. */
  private static final int CONNECTIONS = 24;

  private final Share all;
  private final long connectionMax;

  public AnswerBudget() {
    this(Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
  }

  AnswerBudget(long bytes) {
    all = new Share(bytes);
    connectionMax = Math.max(bytes / CONNECTIONS, ANSWER_BYTES_MAX + ANSWER_BYTES_MAX / 4);
  }

  /** The share of one connection. */
  Share ofConnection() {
    return new Share(connectionMax);
  }

  /** Takes bytes from the budget if there is room; they must be given back once. */
  boolean tryTake(Share connection, long bytes) {
    if (!connection.tryTake(bytes)) {
      return false;
    }
    if (all.tryTake(bytes)) {
      return true;
    }
    connection.giveBack(bytes);
    return false;
  }

  void giveBack(Share connection, long bytes) {
    connection.giveBack(bytes);
    all.giveBack(bytes);
  }

  /** The bytes in flight. */
  public long taken() {
    return all.taken.get();
  }

  /** A part of the budget with a bound of its own. */
  static final class Share {
    private final long most;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger pages = new AtomicInteger();

    private Share(long most) {
      this.most = most;
    }

    private boolean tryTake(long bytes) {
      long now = taken.addAndGet(bytes);
      if (now <= most) {
        return true;
      }
      taken.addAndGet(-bytes);
      return false;
    }

    private void giveBack(long bytes) {
      taken.addAndGet(-bytes);
    }

    /**
     * Begins one more page of this connection if there is room; {@link #leavePage} ends it once.
     */
    boolean tryEnterPage() {
      if (pages.incrementAndGet() <= PAGES_MAX) {
        return true;
      }
      pages.decrementAndGet();
      return false;
    }

    void leavePage() {
      pages.decrementAndGet();
    }
  }
}
