package dev.holdfast.store.state.db;

import com.google.protobuf.ByteString;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.StateDigestCodec;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.decide.state.DigestProgress;
import org.rocksdb.ReadOptions;

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
  private static final Codec<AppliedState> CODEC =
      new StoredKind<>(
              "the applied state", dev.holdfast.proto.log.v1.AppliedState.getDefaultInstance())
          .codec(AppliedState::toProto, AppliedState::of);

  static AppliedState initial() {
    return new AppliedState(0, 0, 0, 0, BatchHash.genesis(), 0, 0, DigestProgress.NONE);
  }

  /** Reads it from a database; the initial one when nothing was applied yet. */
  public static AppliedState of(PartitionDb db, ReadOptions snapshot) {
    byte[] encoded = db.table(Family.META).get(snapshot, StateKeys.APPLIED);
    return encoded == null ? initial() : decode(encoded);
  }

  public byte[] encode() {
    return CODEC.encode(this);
  }

  private static dev.holdfast.proto.log.v1.AppliedState toProto(AppliedState applied) {
    return dev.holdfast.proto.log.v1.AppliedState.newBuilder()
        .setRaftIndex(applied.raftIndex)
        .setRaftTerm(applied.raftTerm)
        .setSequence(applied.sequence)
        .setTimeMillis(applied.timeMillis)
        .setBatchHash(ByteString.copyFrom(applied.batchHash))
        .setReceiptsEvictedThrough(applied.receiptsEvictedThrough)
        .setReceiptsCount(applied.receiptsCount)
        .setDigest(StateDigestCodec.toProto(applied.digests.current()))
        .setDigestSequence(applied.digests.recordedAt())
        .build();
  }

  public static AppliedState decode(byte[] bytes) {
    return CODEC.decode(bytes);
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

  public AppliedView.LogEnd logEnd() {
    return new AppliedView.LogEnd(sequence, timeMillis, batchHash, digests);
  }

  /** Passed over an entry. */
  public AppliedState skipped(long index, long term) {
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
