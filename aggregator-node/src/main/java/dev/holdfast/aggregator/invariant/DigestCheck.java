package dev.holdfast.aggregator.invariant;

import dev.holdfast.common.domain.StateDigest;

/**
 * The first invariant at one place in a partition's log: the view adds up to what the stores have.
 *
 * @param expected what the log says
 * @param found what the partition's part of the view adds up to
 */
public record DigestCheck(int partition, long sequence, StateDigest expected, StateDigest found) {
  public boolean holds() {
    return expected.equals(found);
  }
}
