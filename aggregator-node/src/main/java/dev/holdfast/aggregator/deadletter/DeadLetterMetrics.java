package dev.holdfast.aggregator.deadletter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Metrics and log lines of the dead letter queue. */
public final class DeadLetterMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterMetrics.class);

  private final MeterRegistry registry;
  private final Counter applied;
  private final Counter failed;
  private final Counter discarded;

  public DeadLetterMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.applied = retries("applied").register(registry);
    this.failed = retries("failed").register(registry);
    this.discarded =
        Counter.builder("holdfast.deadletters.discarded")
            .description("parked changes that were given up")
            .register(registry);
  }

  private static Counter.Builder retries(String outcome) {
    return Counter.builder("holdfast.deadletters.retries")
        .description("tries of parked changes")
        .tag("outcome", outcome);
  }

  /** Shows how much is parked, from now on. */
  void watch(DeadLetters letters) {
    Gauge.builder("holdfast.deadletters.parked", letters, DeadLetters::count)
        .description("changes that are not in the view: they failed, or wait behind such")
        .register(registry);
  }

  void retried(boolean wasApplied) {
    (wasApplied ? applied : failed).increment();
  }

  void discarded() {
    discarded.increment();
  }

  /** One line for a write, whatever the number of changes. */
  void parked(LetterUpdate update) {
    update.kept().values().stream()
        .filter(letter -> letter.attempts() == 1)
        .findFirst()
        .ifPresent(letter -> tell(update, letter));
  }

  private static void tell(LetterUpdate update, DeadLetter letter) {
    LOG.warn(
        "could not apply {} to the view, it is parked with {} others: {}",
        letter.id().text(),
        update.kept().size() - 1,
        letter.reason());
  }
}
