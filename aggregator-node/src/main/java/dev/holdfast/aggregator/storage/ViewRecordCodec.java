package dev.holdfast.aggregator.storage;

import com.google.common.hash.HashCode;
import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.codec.StateDigestCodec;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.log.v1.CursorRecord;
import dev.holdfast.proto.log.v1.DemandRecord;
import dev.holdfast.proto.log.v1.Level;
import dev.holdfast.proto.log.v1.TotalRecord;

/** The values of the column families. Formats are forever; golden bytes stand in the tests. */
final class ViewRecordCodec {
  private ViewRecordCodec() {}

  static byte[] encode(StockLevel level) {
    return LevelCodec.toProto(level).toByteArray();
  }

  static StockLevel level(byte[] bytes) {
    return StoredMessage.read(bytes, Level.parser(), "view", LevelCodec::fromProto);
  }

  static byte[] encode(SkuTotal total) {
    return TotalRecord.newBuilder()
        .setOnHand(total.onHand())
        .setReserved(total.reserved())
        .setStores(total.stores())
        .setInTransit(total.inTransit())
        .setReservable(total.reservable())
        .build()
        .toByteArray();
  }

  static SkuTotal total(byte[] bytes) {
    return StoredMessage.read(
        bytes,
        TotalRecord.parser(),
        "total",
        record ->
            new SkuTotal(
                record.getOnHand(),
                record.getReserved(),
                record.getStores(),
                record.getInTransit(),
                record.getReservable()));
  }

  static byte[] encode(UnmetDemand demand) {
    return DemandRecord.newBuilder()
        .setTimes(demand.times())
        .setUnits(demand.units())
        .build()
        .toByteArray();
  }

  static UnmetDemand demand(byte[] bytes) {
    return StoredMessage.read(
        bytes,
        DemandRecord.parser(),
        "demand",
        record -> new UnmetDemand(record.getTimes(), record.getUnits()));
  }

  static byte[] encode(ViewCursor cursor) {
    return CursorRecord.newBuilder()
        .setSequence(cursor.sequence())
        .setBatchHash(ByteString.copyFrom(cursor.batchHash().asBytes()))
        .setTimeMillis(cursor.timeMillis())
        .setDigest(StateDigestCodec.toProto(cursor.digest()))
        .setProvenSequence(cursor.trust().provenSequence())
        .setUntrusted(cursor.trust().untrusted())
        .setRebuilding(cursor.trust().rebuilding())
        .build()
        .toByteArray();
  }

  static ViewCursor cursor(byte[] bytes) {
    return StoredMessage.read(bytes, CursorRecord.parser(), "cursor", ViewRecordCodec::fromProto);
  }

  private static ViewCursor fromProto(CursorRecord record) {
    return new ViewCursor(
        record.getSequence(),
        HashCode.fromBytes(record.getBatchHash().toByteArray()),
        record.getTimeMillis(),
        StateDigestCodec.fromProto(record.getDigest()),
        new PartTrust(record.getProvenSequence(), record.getUntrusted(), record.getRebuilding()));
  }
}
