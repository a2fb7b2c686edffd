package dev.holdfast.store.decide.state;

import dev.holdfast.common.domain.StateDigest;

/**
 * The digests of a partition: the current one and the last recorded.
 *
 * @param current what the stock records add up to
 * @param recordedAt sequence of the last StateDigestRecorded, 0 before the first
 */
public record DigestProgress(StateDigest current, long recordedAt) {
  /** Of an empty partition. */
  public static final DigestProgress NONE = new DigestProgress(StateDigest.EMPTY, 0);
}
