package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.invariant.Violation;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.codec.StateDigestCodec;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.log.v1.DifferenceRecord;
import dev.holdfast.proto.log.v1.ViolationRecord;

/** Violations as they are kept. Formats are forever; golden bytes stand in the tests. */
final class ViolationCodec {
  private ViolationCodec() {}

  static byte[] encode(Violation violation) {
    DigestCheck check = violation.check();
    var record =
        ViolationRecord.newBuilder()
            .setPartition(check.partition())
            .setSequence(check.sequence())
            .setFoundMillis(violation.foundMillis())
            .setExpected(StateDigestCodec.toProto(check.expected()))
            .setFound(StateDigestCodec.toProto(check.found()))
            .setRepairedMillis(violation.repairedMillis());
    violation.differences().forEach(difference -> record.addDifferences(toProto(difference)));
    return record.build().toByteArray();
  }

  private static DifferenceRecord toProto(Difference difference) {
    var record =
        DifferenceRecord.newBuilder()
            .setStore(difference.item().store())
            .setSku(difference.item().sku());
    if (difference.view() != null) {
      record.setView(LevelCodec.toProto(difference.view()));
    }
    if (difference.stores() != null) {
      record.setStores(LevelCodec.toProto(difference.stores()));
    }
    return record.build();
  }

  static Violation decode(long id, byte[] bytes) {
    return StoredMessage.read(
        bytes, ViolationRecord.parser(), "violation", record -> fromProto(id, record));
  }

  private static Violation fromProto(long id, ViolationRecord record) {
    var check =
        new DigestCheck(
            record.getPartition(),
            record.getSequence(),
            StateDigestCodec.fromProto(record.getExpected()),
            StateDigestCodec.fromProto(record.getFound()));
    var differences = record.getDifferencesList().stream().map(ViolationCodec::fromProto).toList();
    return new Violation(
        id, check, record.getFoundMillis(), differences, record.getRepairedMillis());
  }

  private static Difference fromProto(DifferenceRecord record) {
    return new Difference(
        new StockKey(record.getStore(), record.getSku()),
        record.hasView() ? LevelCodec.fromProto(record.getView()) : null,
        record.hasStores() ? LevelCodec.fromProto(record.getStores()) : null);
  }
}
