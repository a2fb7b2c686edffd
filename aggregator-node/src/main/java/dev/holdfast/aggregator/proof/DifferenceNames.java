package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.invariant.PartProof;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.ViewClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the items of which a part differs, before a rebuild makes them right. Names are worth some
 * tries and no more: what differs is to be mended, named or not. For the prover's thread.
 */
final class DifferenceNames {
  private static final int TRIES_MAX = 3;
  private static final Logger LOG = LoggerFactory.getLogger(DifferenceNames.class);

  private final ViewAndStores sides;
  private final ExactProof exact;

  DifferenceNames(ViewAndStores sides, ExactProof exact) {
    this.sides = sides;
    this.exact = exact;
  }

  /**
   * Keeps what differs with the open violations of a part that is found to differ.
   *
   * @param tries to mend it that failed before
   */
  void name(int partition, int tries) throws UnprovenException {
    PartTrust trust = sides.trust(partition);
    boolean paused = !sides.paused(partition).isEmpty(); // gets to no exact cut
    if (trust.isTrusted() || trust.rebuilding() || paused || tries >= TRIES_MAX) {
      return;
    }
    try {
      find(partition);
    } catch (ViewClosedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("what differs in partition {} cannot be read; it is rebuilt", partition, e);
    }
  }

  private void find(int partition) throws UnprovenException {
    PartProof proof = exact.compare(partition);
    LOG.error(
        "partition {} differs from the stores in {} items at {}",
        partition,
        proof.wrong().count(),
        proof.at().sequence());
    ProverWait.await(sides.parts().named(partition, proof.wrong().named()));
  }
}
