package dev.holdfast.store.commit;

import dev.holdfast.store.decide.SpeculativeState;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of deciding on one speculative state: from applied state on, until a proposal fails or
 * leadership changes. The state is used by the loop's thread only.
 */
final class Epoch {
  final long term;
  final SpeculativeState state;
  final AtomicInteger batchesInFlight = new AtomicInteger();
  final AtomicInteger eventsInFlight = new AtomicInteger();
  long lastTimeMillis;
  byte[] lastHash;
  @Nullable Proposal lastProposal;
  private volatile boolean broken;

  Epoch(long term, AppliedView applied) {
    AppliedView.LogEnd end = applied.logEnd();
    this.term = term;
    this.state = new SpeculativeState(applied, end.sequence(), end.digests());
    this.lastTimeMillis = end.timeMillis();
    this.lastHash = end.batchHash();
  }

  /** A proposal did not make it, so nothing more may be decided on top. */
  void markBroken() {
    broken = true;
  }

  boolean isBroken() {
    return broken;
  }
}
