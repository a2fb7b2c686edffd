package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.invariant.PartProof;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.invariant.ViolationLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters of proofs and rebuilds. */
public final class ProofMetrics {
  private static final String REBUILDS = "holdfast.view.rebuild";

  private final MeterRegistry registry;
  private final Counter records;

  public ProofMetrics(MeterRegistry registry, ViolationLog violations) {
    this.registry = registry;
    FunctionCounter.builder("holdfast.view.violations", violations, ViolationLog::count)
        .description("times that the view was found to differ from the stores")
        .register(registry);
    Gauge.builder("holdfast.view.violations.open", violations, ViolationLog::openCount)
        .description("violations that are not repaired yet")
        .register(registry);
    this.records =
        Counter.builder("holdfast.view.rebuild.records")
            .description("records that were loaded from exports")
            .register(registry);
  }

  /** One rebuild. */
  interface RebuildWork {
    PartProof run() throws UnprovenException;
  }

  PartProof rebuilding(RebuildWork work) throws UnprovenException {
    Timer.Sample sample = Timer.start(registry);
    String outcome = "failed";
    try {
      PartProof proof = work.run();
      outcome = "proven";
      return proof;
    } finally {
      sample.stop(
          Timer.builder(REBUILDS)
              .description("replacing a partition's part of the view")
              .tag("outcome", outcome)
              .register(registry));
    }
  }

  void loaded(int count) {
    records.increment(count);
  }
}
