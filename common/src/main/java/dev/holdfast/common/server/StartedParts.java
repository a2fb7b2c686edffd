package dev.holdfast.common.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a node that were started. Closes them in reverse order; the failure of one does not
 * keep the others open.
 */
public final class StartedParts {
  private static final Logger LOG = LoggerFactory.getLogger(StartedParts.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  /** Adds a part; closes it at once if everything has been closed already. */
  public <T extends AutoCloseable> T add(T part) {
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
   * Closes everything. Parts may still be added meanwhile: one that closes may wait for another
   * that starts.
   *
   * @return whether every part closed without an error
   */
  public boolean close() {
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
    } catch (Exception | Error e) {
      LOG.error("{} did not close cleanly", part.getClass().getSimpleName(), e);
      return false;
    }
  }
}
