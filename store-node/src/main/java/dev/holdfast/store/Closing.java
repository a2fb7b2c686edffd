package dev.holdfast.store;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, closed in reverse order. One part's failure does not keep the others open.
 */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean clean = true;

  <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      close(started.pop());
    }
  }

  /** Whether everything closed without an error. */
  boolean isClean() {
    return clean;
  }

  private void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception | Error e) {
      clean = false;
      LOG.error("{} did not close cleanly", part.getClass().getSimpleName(), e);
    }
  }
}
