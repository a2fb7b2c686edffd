package dev.holdfast.store.commit;

import dev.holdfast.store.decide.state.Leases;
import dev.holdfast.store.decide.state.SpeculativeState;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of deciding on one speculative state: from applied state on, until a proposal fails or
 * leadership changes. The state is used by the loop's thread only.
 */
final class Epoch {
  private static final int RECENT_DECAY = 8;

  final long term;
  final SpeculativeState state;
  final AtomicInteger batchesInFlight = new AtomicInteger();
  private final AtomicInteger eventsInFlight = new AtomicInteger();
  private int recentBatchEvents;
  long lastTimeMillis;
  byte[] lastHash;
  @Nullable Proposal lastProposal;
  private volatile boolean broken;

  Epoch(long term, AppliedView applied, CommitLimits limits) {
    AppliedView.LogEnd end = applied.logEnd();
    this.term = term;
    Leases leases = limits.leases() ? applied.leases() : Leases.ignored();
    this.state = new SpeculativeState(applied, leases, end.sequence(), end.digests());
    this.lastTimeMillis = end.timeMillis();
    this.lastHash = end.batchHash();
  }

  /** A batch is on its way. */
  void sent(int events) {
    recentBatchEvents = Math.max(events, recentBatchEvents - recentBatchEvents / RECENT_DECAY);
    eventsInFlight.addAndGet(events);
    batchesInFlight.incrementAndGet();
  }

  /** A batch came back. */
  void returned(int events) {
    eventsInFlight.addAndGet(-events);
    batchesInFlight.decrementAndGet();
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
}
