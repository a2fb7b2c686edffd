package dev.holdfast.store.state;

import com.google.protobuf.ByteString;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.StateDigestCodec;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.decide.state.DigestProgress;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica got. Written with every batch, in the same RocksDB write.
 *
 * @param raftIndex last Raft entry that was applied or passed over
 * @param raftTerm its term
 * @param sequence last event
 * @param timeMillis time of the last batch
 * @param batchHash SHA-256 of the last batch
 * @param receiptsEvictedThrough receipts of events up to this sequence are forgotten
 * @param receiptsCount receipts that are kept
 * @param digests of the stock records, as folded from the events
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AppliedState(
    long raftIndex,
    long raftTerm,
    long sequence,
    long timeMillis,
    byte[] batchHash,
    long receiptsEvictedThrough,
    long receiptsCount,
    DigestProgress digests) {
  private static final StoredKind<dev.holdfast.proto.log.v1.AppliedState> KIND =
      new StoredKind<>(
          "the applied state",
          dev.holdfast.proto.log.v1.AppliedState.parser(),
          dev.holdfast.proto.log.v1.AppliedState.getDescriptor());

  static AppliedState initial() {
    return new AppliedState(0, 0, 0, 0, BatchHash.genesis(), 0, 0, DigestProgress.NONE);
  }

  /** What stands in a database, null when nothing was applied yet. */
  static AppliedState of(byte @Nullable [] encoded) {
    return encoded == null ? initial() : decode(encoded);
  }

  byte[] encode() {
    return dev.holdfast.proto.log.v1.AppliedState.newBuilder()
        .setRaftIndex(raftIndex)
        .setRaftTerm(raftTerm)
        .setSequence(sequence)
        .setTimeMillis(timeMillis)
        .setBatchHash(ByteString.copyFrom(batchHash))
        .setReceiptsEvictedThrough(receiptsEvictedThrough)
        .setReceiptsCount(receiptsCount)
        .setDigest(StateDigestCodec.toProto(digests.current()))
        .setDigestSequence(digests.recordedAt())
        .build()
        .toByteArray();
  }

  static AppliedState decode(byte[] bytes) {
    return KIND.read(bytes, AppliedState::of);
  }

  private static AppliedState of(dev.holdfast.proto.log.v1.AppliedState proto) {
    return new AppliedState(
        proto.getRaftIndex(),
        proto.getRaftTerm(),
        proto.getSequence(),
        proto.getTimeMillis(),
        proto.getBatchHash().toByteArray(),
        proto.getReceiptsEvictedThrough(),
        proto.getReceiptsCount(),
        new DigestProgress(
            StateDigestCodec.fromProto(proto.getDigest()), proto.getDigestSequence()));
  }

  AppliedView.LogEnd logEnd() {
    return new AppliedView.LogEnd(sequence, timeMillis, batchHash, digests);
  }

  /** Passed over an entry. */
  AppliedState skipped(long index, long term) {
    return new AppliedState(
        index,
        term,
        sequence,
        timeMillis,
        batchHash,
        receiptsEvictedThrough,
        receiptsCount,
        digests);
  }
}
