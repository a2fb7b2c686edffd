package dev.holdfast.common.crypt;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for new keys again and again while a process runs, on a thread of its own, which may wait
 * for a vault. What fails is tried anew, and logged when it fails otherwise than before.
 */
public final class KeyWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Encryption encryption;
  private final ScheduledExecutorService thread;
  private String problem = "";

  private KeyWatch(Encryption encryption) {
    this.encryption = encryption;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "keys");
              made.setDaemon(true); // a vault that never answers must not keep the process
              return made;
            });
  }

  /** Starts it; without master keys there is nothing to do. */
  public static KeyWatch start(Encryption encryption) {
    return start(encryption, PERIOD);
  }

  static KeyWatch start(Encryption encryption, Duration period) {
    KeyWatch watch = new KeyWatch(encryption);
    if (encryption.hasVault()) {
      LOG.info("{}", encryption);
      long millis = period.toMillis();
      var unused =
          watch.thread.scheduleWithFixedDelay(watch::look, millis, millis, TimeUnit.MILLISECONDS);
    }
    return watch;
  }

  private void look() {
    String found = "";
    try {
      encryption.refresh();
    } catch (KeyException | RuntimeException e) {
      found = String.valueOf(e.getMessage());
    }
    if (!found.equals(problem)) {
      LOG.warn("keys of encryption: {}", found.isEmpty() ? "all is well again" : found);
      problem = found;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
