package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.ingest.SyncFlag;
import dev.holdfast.aggregator.source.FeedTails;

/** Starts and stops following the partitions, durably. For any thread. */
public final class SyncSwitch {
  private final SyncFlag flag;
  private final FeedTails tails;
  private final Prover prover;

  public SyncSwitch(SyncFlag flag, FeedTails tails, Prover prover) {
    this.flag = flag;
    this.tails = tails;
    this.prover = prover;
  }

  public synchronized void start() {
    flag.set(false);
    tails.resume();
    prover.resume();
  }

  public synchronized void stop() {
    flag.set(true);
    tails.pause();
  }

  public boolean isRunning() {
    return !flag.isStopped();
  }
}
