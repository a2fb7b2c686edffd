package dev.holdfast.store.state;

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
import dev.holdfast.store.decide.state.Receipt;
import java.nio.ByteBuffer;

/** The values of the column families. */
final class StateRecords {
  static final byte[] FROZEN_STORE = StoreRecord.newBuilder().setFrozen(true).build().toByteArray();

  private static final StoredKind<dev.holdfast.proto.log.v1.Lease> LEASE =
      new StoredKind<>(
          "a lease record",
          dev.holdfast.proto.log.v1.Lease.parser(),
          dev.holdfast.proto.log.v1.Lease.getDescriptor());

  private static final StoredKind<Level> STOCK =
      new StoredKind<>("a stock record", Level.parser(), Level.getDescriptor());

  private static final StoredKind<ReservationRecord> RESERVATION =
      new StoredKind<>(
          "a reservation record", ReservationRecord.parser(), ReservationRecord.getDescriptor());

  private static final StoredKind<ReceiptRecord> RECEIPT =
      new StoredKind<>("a receipt record", ReceiptRecord.parser(), ReceiptRecord.getDescriptor());

  private static final StoredKind<StoreRecord> STORE =
      new StoredKind<>("a store record", StoreRecord.parser(), StoreRecord.getDescriptor());

  private StateRecords() {}

  static Lease lease(byte[] value) {
    return LEASE.read(value, LeaseCodec::fromProto);
  }

  static boolean isFrozenStore(byte[] value) {
    return STORE.read(value, StoreRecord::getFrozen);
  }

  static byte[] encode(StockLevel level) {
    return LevelCodec.toProto(level).toByteArray();
  }

  static StockLevel stockLevel(byte[] value) {
    return STOCK.read(value, LevelCodec::fromProto);
  }

  static byte[] encode(Reservation reservation) {
    return ReservationCodec.toProto(reservation).toByteArray();
  }

  static Reservation reservation(byte[] value) {
    return RESERVATION.read(value, ReservationCodec::fromProto);
  }

  /** What a reservation holds of an item: eight bytes, big-endian. */
  static byte[] ofUnits(long quantity) {
    return ByteBuffer.allocate(Long.BYTES).putLong(quantity).array();
  }

  static long units(byte[] value) {
    if (value.length != Long.BYTES) {
      throw new StateFault("a record of held units is corrupt");
    }
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
    return RECEIPT.read(value, proto -> new Receipt(proto.getSequence(), proto.getFingerprint()));
  }
}
