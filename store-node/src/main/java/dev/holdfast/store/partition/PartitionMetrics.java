package dev.holdfast.store.partition;

import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.store.commit.CommitMetrics;
import dev.holdfast.store.commit.ReplicatedLog.Fate;
import dev.holdfast.store.raft.ApplyMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of one partition. All are made at the start; counting looks nothing up by name. */
public final class PartitionMetrics implements CommitMetrics, ApplyMetrics {
  private static final String PARTITION = "partition";

  private final MeterRegistry registry;
  private final String partition;
  private final DistributionSummary batchEvents;
  private final DistributionSummary batchBytes;
  private final Map<Fate, Timer> proposals = new EnumMap<>(Fate.class);
  private final Map<CommandKind, Counter> accepted = new EnumMap<>(CommandKind.class);
  private final Map<CommandKind, Map<RejectionCode, Counter>> rejected =
      new EnumMap<>(CommandKind.class);
  private final Counter receiptHits;
  private final Counter epochs;
  private final Timer apply;
  private final Counter snapshotsMade;
  private final Counter snapshotsFailed;
  private final Counter digestsChecked;
  private final Counter digestFaults;
  private final Timer scrub;

  public PartitionMetrics(MeterRegistry registry, int partition) {
    this.registry = registry;
    this.partition = Integer.toString(partition);
    this.batchEvents = summary("holdfast.batch.events", "events in a proposed batch");
    this.batchBytes = summary("holdfast.batch.bytes", "bytes of a proposed batch");
    for (Fate fate : Fate.values()) {
      proposals.put(fate, timer("holdfast.commit", "propose to apply on the leader", fate.name()));
    }
    for (CommandKind kind : CommandKind.values()) {
      accepted.put(kind, commands(kind, "accepted"));
      Map<RejectionCode, Counter> byCode = new EnumMap<>(RejectionCode.class);
      for (RejectionCode code : RejectionCode.values()) {
        byCode.put(code, commands(kind, lower(code.name())));
      }
      rejected.put(kind, byCode);
    }
    this.receiptHits = counter("holdfast.receipts.hits", "commands answered by their receipt");
    this.epochs = counter("holdfast.speculation.restarts", "speculations dropped after a failure");
    this.apply = timer("holdfast.apply", "one write of the state", "any");
    this.snapshotsMade = counter("holdfast.snapshots.made", "snapshots made");
    this.snapshotsFailed = counter("holdfast.snapshots.failed", "snapshots that failed");
    this.digestsChecked = counter("holdfast.digests.checked", "digests of the log that agreed");
    this.digestFaults = counter("holdfast.digests.faults", "states that are not what they must be");
    this.scrub = timer("holdfast.snapshots.scrub", "reading a checkpoint back", "any");
  }

  private DistributionSummary summary(String name, String what) {
    return DistributionSummary.builder(name)
        .description(what)
        .tag(PARTITION, partition)
        .register(registry);
  }

  private Timer timer(String name, String what, String fate) {
    return Timer.builder(name)
        .description(what)
        .tag(PARTITION, partition)
        .tag("fate", lower(fate))
        .register(registry);
  }

  private Counter counter(String name, String what) {
    return Counter.builder(name).description(what).tag(PARTITION, partition).register(registry);
  }

  private Counter commands(CommandKind kind, String outcome) {
    return Counter.builder("holdfast.commands")
        .description("commands decided, by kind and outcome")
        .tag(PARTITION, partition)
        .tag("kind", lower(kind.name()))
        .tag("outcome", outcome)
        .register(registry);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Registers the gauges of a replica. */
  void watch(PartitionReplica replica) {
    ReplicaGauges.register(replica, registry);
  }

  @Override
  public void proposed(int events, int bytes) {
    batchEvents.record(events);
    batchBytes.record(bytes);
  }

  @Override
  public void finished(Fate fate, long nanos) {
    Timer timer = proposals.get(fate);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void answered(CommandKind kind, Event event) {
    if (event instanceof Event.CommandRejected e) {
      count(rejected.get(kind), e.rejection().code());
    } else {
      count(accepted, kind);
    }
  }

  private static <K> void count(@Nullable Map<K, Counter> counters, K which) {
    Counter counter = counters == null ? null : counters.get(which);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void answeredFromReceipt() {
    receiptHits.increment();
  }

  @Override
  public void epochRenewed() {
    epochs.increment();
  }

  @Override
  public void applied(long nanos) {
    apply.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void digestsChecked(int digests) {
    digestsChecked.increment(digests);
  }

  @Override
  public void digestFault() {
    digestFaults.increment();
  }

  @Override
  public void scrubbed(long nanos) {
    scrub.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void snapshot(boolean made) {
    (made ? snapshotsMade : snapshotsFailed).increment();
  }
}
