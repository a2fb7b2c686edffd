package dev.holdfast.aggregator.storage;

import com.google.common.hash.HashCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.Trust;
import dev.holdfast.aggregator.view.UnmetDemand;
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
    try {
      return LevelCodec.fromProto(Level.parseFrom(bytes));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new StorageException("corrupt view record", e);
    }
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
    try {
      TotalRecord record = TotalRecord.parseFrom(bytes);
      return new SkuTotal(
          record.getOnHand(),
          record.getReserved(),
          record.getStores(),
          record.getInTransit(),
          record.getReservable());
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new StorageException("corrupt total record", e);
    }
  }

  static byte[] encode(UnmetDemand demand) {
    return DemandRecord.newBuilder()
        .setTimes(demand.times())
        .setUnits(demand.units())
        .build()
        .toByteArray();
  }

  static UnmetDemand demand(byte[] bytes) {
    try {
      DemandRecord record = DemandRecord.parseFrom(bytes);
      return new UnmetDemand(record.getTimes(), record.getUnits());
    } catch (InvalidProtocolBufferException e) {
      throw new StorageException("corrupt demand record", e);
    }
  }

  static byte[] encode(Cursor cursor) {
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

  static Cursor cursor(byte[] bytes) {
    try {
      CursorRecord record = CursorRecord.parseFrom(bytes);
      return new Cursor(
          record.getSequence(),
          HashCode.fromBytes(record.getBatchHash().toByteArray()),
          record.getTimeMillis(),
          StateDigestCodec.fromProto(record.getDigest()),
          new Trust(record.getProvenSequence(), record.getUntrusted(), record.getRebuilding()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new StorageException("corrupt cursor record", e);
    }
  }
}
