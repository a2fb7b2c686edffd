package dev.holdfast.store.peers;

import dev.holdfast.store.clock.ClockComparison;
import dev.holdfast.store.clock.LogClocks;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the wall clock of this node with those of its peers, passes the majority's time on to
 * log time, and keeps the verdict: a node whose clock is off by more than the tolerance must not
 * lead. Run by a timer; any thread may read.
 */
public final class ClockWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final String OK = "ok";

  private final LogClocks clocks;
  private final PeerWatch peers;
  private final int members;
  private volatile Verdict verdict;

  /** The comparison and what this node's own clock was in it. */
  private record Verdict(ClockComparison comparison, long ownBaseMillis) {
    boolean isOff() {
      return comparison.isOff(ownBaseMillis);
    }
  }

  /**
   * A node that is alone in its cluster has nobody to ask: its clock at the start counts.
   *
   * @param members of the cluster, this node among them
   */
  public ClockWatch(LogClocks clocks, PeerWatch peers, int members) {
    this.clocks = clocks;
    this.peers = peers;
    this.members = members;
    this.verdict = compare();
    if (members == 1) {
      clocks.majority().learn(clocks.clock().baseMillis());
    }
  }

  @Override
  public void run() {
    Verdict next = compare();
    if (members > 1 && next.comparison().isMajority()) {
      clocks.majority().learn(next.comparison().medianMillis().orElseThrow());
    }
    boolean wasOff = verdict.isOff();
    verdict = next;
    if (next.isOff() && !wasOff) {
      LOG.warn("{}; this node does not lead until that is mended", difference());
    } else if (wasOff && !next.isOff()) {
      LOG.warn("this node's clock is not known to be wrong any more; it may lead again");
    }
  }

  private Verdict compare() {
    long own = clocks.clock().baseMillis();
    LongStream others =
        peers.allFresh().stream().flatMapToLong(peer -> peer.clockBaseMillis().stream());
    LongStream known = LongStream.concat(LongStream.of(own), others);
    return new Verdict(ClockComparison.of(known, members, clocks.tolerance()), own);
  }

  /** By how much this node's clock is ahead of the majority's; empty when that is not known. */
  public OptionalLong offsetMillis() {
    Verdict now = verdict;
    return now.comparison().offset(now.ownBaseMillis());
  }

  /** In seconds, for the meter; not a number when it is not known. */
  public double offsetSeconds() {
    OptionalLong offset = offsetMillis();
    return offset.isPresent() ? offset.getAsLong() / 1000.0 : Double.NaN;
  }

  /** Whether this node's clock is known to be wrong. */
  public boolean isOff() {
    return verdict.isOff();
  }

  /** Whether a peer's clock is known to be wrong. */
  public boolean isOff(String peer) {
    ClockComparison comparison = verdict.comparison();
    return peers
        .fresh(peer)
        .map(PeerStatus::clockBaseMillis)
        .filter(base -> base.isPresent() && comparison.isOff(base.getAsLong()))
        .isPresent();
  }

  /** For health: ok, or by how much the clock is wrong. */
  public String check() {
    return isOff() ? difference() : OK;
  }

  private String difference() {
    double seconds = offsetSeconds();
    return "this node's clock is %.1f s %s the majority's"
        .formatted(Math.abs(seconds), seconds > 0 ? "ahead of" : "behind");
  }

  /** The wall clock of this node, for peers that compare theirs with it. */
  public long wallMillis() {
    return clocks.clock().wallMillis();
  }
}
