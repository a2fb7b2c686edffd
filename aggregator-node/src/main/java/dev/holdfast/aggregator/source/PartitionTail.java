package dev.holdfast.aggregator.source;

import dev.holdfast.aggregator.ingest.FeedDefect;
import dev.holdfast.aggregator.ingest.Inbox;
import dev.holdfast.aggregator.ingest.PartitionProgress;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.work.WorkThread;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one partition followed: subscribes from the cursor on, and when the replica dies, falls
 * silent or sends what cannot be applied, waits a little and subscribes to the next one. Runs on
 * the supervisor's thread only; others look at its status.
 */
final class PartitionTail implements SubscriptionOwner {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionTail.class);

  /** What all tails share. */
  record Shared(
      WorkThread supervisor,
      TailTiming timing,
      Inbox inbox,
      FeedMetrics metrics,
      ViewProgress progress) {}

  private final int partition;
  private final PartitionProgress progress;
  private final FeedWindow window;
  private final Shared shared;
  private final ReplicaRotation rotation;
  private final DefectHistory defects;
  private volatile TailStatus status;
  private @Nullable FeedSubscription current;
  private long fromSequence;
  private long stepsBefore;
  private int failures;
  private boolean stopped;

  PartitionTail(int partition, List<Replica> replicas, FeedWindow window, Shared shared) {
    this.partition = partition;
    this.progress = shared.progress().of(partition);
    this.window = window;
    this.shared = shared;
    this.rotation = new ReplicaRotation(replicas, partition);
    this.defects = new DefectHistory(replicas.size());
    this.status = new TailStatus(partition, false, rotation.current().nodeId(), null, null);
  }

  void start() {
    shared.metrics().watch(partition, this::status);
    shared.supervisor().run(this::connect);
    shared.supervisor().every(shared.timing().watch(), this::watch);
  }

  void stop() {
    shared.supervisor().run(this::leave);
  }

  TailStatus status() {
    return status;
  }

  /** Ends the subscription until it is resumed. */
  void pause() {
    shared
        .supervisor()
        .run(
            () -> {
              leave();
              change(status.lost("sync is stopped"));
            });
  }

  void resume() {
    shared.supervisor().run(this::comeBack);
  }

  private void comeBack() {
    stopped = false;
    connect();
  }

  /** The cursor was moved: subscribes anew, from there on. */
  void follow() {
    shared.supervisor().run(this::startOver);
  }

  private void startOver() {
    if (stopped) {
      return;
    }
    leave();
    failures = 0;
    defects.clear();
    judged(null);
    comeBack();
  }

  private void connect() {
    if (stopped || current != null) {
      return;
    }
    Replica replica = rotation.current();
    change(status.trying(replica.nodeId()));
    stepsBefore = progress.steps();
    current = new FeedSubscription(partition, window, shared.inbox(), this);
    replica.channel().resetConnectBackoff(); // it is here that tries are spaced
    fromSequence = progress.cursor().nextSequence();
    current.start(replica.channel(), fromSequence);
  }

  private void leave() {
    stopped = true;
    if (current != null) {
      current.cancel("the aggregator leaves");
      current = null;
    }
  }

  @Override
  public void opened(FeedSubscription subscription) {
    shared.supervisor().run(() -> connected(subscription));
  }

  private void connected(FeedSubscription subscription) {
    if (subscription == current) {
      LOG.info("partition {} is fed by {}", partition, rotation.current().nodeId());
      change(status.connectedTo(rotation.current().nodeId()));
    }
  }

  @Override
  public void ended(FeedSubscription subscription, @Nullable Throwable cause) {
    shared
        .supervisor()
        .run(
            () ->
                lose(subscription, FeedErrors.text(cause), FeedErrors.defect(cause).orElse(null)));
  }

  @Override
  public void refused(FeedSubscription subscription, FeedDefect defect) {
    String error = defect.kind() + ": " + defect.detail();
    shared.supervisor().run(() -> lose(subscription, error, defect));
  }

  /** Looks whether the replica fell silent, and whether the feed got further after a fault. */
  private void watch() {
    if (current == null) {
      return;
    }
    if (window.silentNanos() >= shared.timing().silence().toNanos()) {
      rotation.current().channel().enterIdle(); // a half-open connection would stay silent
      lose(current, "silent for " + shared.timing().silence().toMillis() + " ms", null);
    } else if (status.connected()) {
      forgiveIfFurther();
    }
  }

  private void forgiveIfFurther() {
    if (progress.steps() > stepsBefore) {
      failures = 0;
      defects.clear();
      judged(null);
    }
  }

  private void lose(FeedSubscription subscription, String error, @Nullable FeedDefect defect) {
    if (subscription != current) {
      return;
    }
    subscription.cancel(error);
    current = null;
    forgiveIfFurther();
    failures++;
    tell(error);
    change(status.lost(error));
    if (defect != null) {
      defects.add(rotation.current().nodeId(), defect).ifPresent(this::judged);
      tellTruncated(defect);
    }
    tryNext();
  }

  /** One replica may keep less history than others; when it is a fault, they all do. */
  private void tellTruncated(FeedDefect defect) {
    boolean stillWanted = progress.cursor().nextSequence() == fromSequence;
    if (defect.kind() == FeedDefect.Kind.HISTORY_TRUNCATED
        && status.fault() != null
        && stillWanted) {
      shared.progress().truncated(partition);
    }
  }

  private void tryNext() {
    rotation.next();
    shared.metrics().reconnected(partition);
    Duration delay = shared.timing().beforeTry(failures);
    shared.supervisor().later(delay, this::connect);
  }

  /** One round over the replicas is worth a warning; after that it is known. */
  private void tell(String error) {
    String node = rotation.current().nodeId();
    if (failures <= rotation.size()) {
      LOG.warn("partition {} lost its feed from {}: {}", partition, node, error);
    } else {
      LOG.debug("partition {} lost its feed from {}: {}", partition, node, error);
    }
  }

  private void judged(@Nullable String fault) {
    if (fault == null && status.fault() != null) {
      LOG.info("partition {} is followed again", partition);
    } else if (fault != null && !fault.equals(status.fault())) {
      LOG.error("partition {} cannot be followed any further: {}", partition, fault);
    }
    change(status.withFault(fault));
  }

  private void change(TailStatus to) {
    if (!to.equals(status)) {
      status = to;
      shared.progress().healthChanged();
    }
  }
}
