package dev.holdfast.store.commit;

import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.decide.state.Leases;
import dev.holdfast.store.decide.state.SpeculativeState;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of deciding on one speculative state: from applied state on, until a proposal fails or
 * leadership changes. Deciding and sending are for the loop's thread; batches return on any thread.
 */
final class Epoch {
  private static final int RECENT_DECAY = 8;

  final long term;
  final SpeculativeState state;
  private final AtomicInteger batchesInFlight = new AtomicInteger();
  private final AtomicInteger eventsInFlight = new AtomicInteger();
  private int recentBatchEvents;
  private long lastTimeMillis;
  private byte[] lastHash;
  private @Nullable Proposal lastProposal;
  private volatile boolean broken;

  Epoch(long term, AppliedView applied, CommitSettings settings) {
    AppliedView.LogEnd end = applied.logEnd();
    this.term = term;
    Leases leases = settings.leases() ? applied.leases() : Leases.ignored();
    this.state = new SpeculativeState(applied, leases, end.sequence(), end.digests());
    this.lastTimeMillis = end.timeMillis();
    this.lastHash = end.batchHash();
  }

  /** The time of the next batch: by the clock, but never before the last batch. */
  long nextMillis(LogTime clock) {
    return Math.max(clock.millis(), lastTimeMillis);
  }

  /** The batch of the events that were folded into the state last. */
  EventBatch batch(int partition, long timeMillis, List<RecordedEvent> events) {
    lastTimeMillis = timeMillis;
    long first = state.lastSequence() - events.size() + 1;
    return new EventBatch(partition, first, term, timeMillis, lastHash, events);
  }

  /** A batch goes out: the next one follows it. */
  void sent(Proposal proposal, DecidedBatch batch) {
    lastProposal = proposal;
    lastHash = BatchHash.of(batch.encoded());
    recentBatchEvents =
        Math.max(batch.events(), recentBatchEvents - recentBatchEvents / RECENT_DECAY);
    eventsInFlight.addAndGet(batch.events());
    batchesInFlight.incrementAndGet();
  }

  /** A batch came back. */
  void returned(int events) {
    eventsInFlight.addAndGet(-events);
    batchesInFlight.decrementAndGet();
  }

  /** The batch that was sent last; null when none was. */
  @Nullable Proposal lastProposal() {
    return lastProposal;
  }

  int batchesInFlight() {
    return batchesInFlight.get();
  }

  /**
   * How many commands make it worth to send a further batch now: as many as are in flight, and half
   * of what batches lately had. Any number when nothing is in flight.
   */
  int batchCommandsMin() {
    int inFlight = eventsInFlight.get();
    return inFlight == 0 ? 0 : Math.max(inFlight, recentBatchEvents / 2);
  }

  /** A proposal did not make it, so nothing more may be decided on top. */
  void markBroken() {
    broken = true;
  }

  boolean isBroken() {
    return broken;
  }

  /** Broken, and all that was in flight has come back: a new epoch may begin. */
  boolean isOver() {
    return broken && batchesInFlight.get() == 0;
  }
}
