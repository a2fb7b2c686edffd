package dev.holdfast.store.state;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.common.codec.LeaseCodec;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.codec.ReservationCodec;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.log.v1.Level;
import dev.holdfast.proto.log.v1.ReceiptRecord;
import dev.holdfast.proto.log.v1.ReservationRecord;
import dev.holdfast.proto.log.v1.StoreRecord;
import dev.holdfast.store.decide.Receipt;
import java.nio.ByteBuffer;

/** The values of the column families. */
final class StateRecords {
  static final byte[] FROZEN_STORE = StoreRecord.newBuilder().setFrozen(true).build().toByteArray();

  private StateRecords() {}

  static Lease lease(byte[] value) {
    try {
      return LeaseCodec.fromProto(dev.holdfast.proto.log.v1.Lease.parseFrom(value));
    } catch (InvalidProtocolBufferException e) {
      throw new StateFault("a lease record is corrupt", e);
    }
  }

  static byte[] encode(StockLevel level) {
    return LevelCodec.toProto(level).toByteArray();
  }

  static StockLevel stockLevel(byte[] value) {
    try {
      return LevelCodec.fromProto(Level.parseFrom(value));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new StateFault("a stock record is corrupt", e);
    }
  }

  static byte[] encode(Reservation reservation) {
    return ReservationCodec.toProto(reservation).toByteArray();
  }

  static Reservation reservation(byte[] value) {
    try {
      return ReservationCodec.fromProto(ReservationRecord.parseFrom(value));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new StateFault("a reservation record is corrupt", e);
    }
  }

  /** What a reservation holds of an item: eight bytes, big-endian. */
  static byte[] ofUnits(long quantity) {
    return ByteBuffer.allocate(Long.BYTES).putLong(quantity).array();
  }

  static long units(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }

  static byte[] encode(Receipt receipt) {
    return ReceiptRecord.newBuilder()
        .setSequence(receipt.sequence())
        .setFingerprint(receipt.fingerprint())
        .build()
        .toByteArray();
  }

  static Receipt receipt(byte[] value) {
    try {
      ReceiptRecord proto = ReceiptRecord.parseFrom(value);
      return new Receipt(proto.getSequence(), proto.getFingerprint());
    } catch (InvalidProtocolBufferException e) {
      throw new StateFault("a receipt record is corrupt", e);
    }
  }
}
