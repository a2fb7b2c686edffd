package dev.holdfast.aggregator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, closed in reverse order. One part's failure does not keep the others open. */
final class Closing {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  /** Notes a part; closes it at once when everything is closed already. */
  <T extends AutoCloseable> T add(T part) {
    boolean late;
    synchronized (started) {
      late = closed;
      if (!late) {
        started.push(part);
      }
    }
    if (late) {
      close(part);
    }
    return part;
  }

  /**
   * Closes everything. Others may still add meanwhile: a part may wait for one that does.
   *
   * @return whether all went well
   */
  boolean close() {
    boolean clean = true;
    for (AutoCloseable part = next(); part != null; part = next()) {
      clean &= close(part);
    }
    return clean;
  }

  private @Nullable AutoCloseable next() {
    synchronized (started) {
      closed = true;
      return started.poll();
    }
  }

  private static boolean close(AutoCloseable part) {
    try {
      part.close();
      return true;
    } catch (Exception e) {
      log.error("{} did not close cleanly", part.getClass().getSimpleName(), e);
      return false;
    }
  }
}
