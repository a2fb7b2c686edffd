package dev.holdfast.store.state;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.common.codec.LeaseCodec;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.log.v1.Level;
import dev.holdfast.proto.log.v1.ReceiptRecord;
import dev.holdfast.proto.log.v1.ReservationRecord;
import dev.holdfast.proto.log.v1.StoreRecord;
import dev.holdfast.store.decide.Receipt;
import java.util.List;

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
    ReservationRecord.Builder proto =
        ReservationRecord.newBuilder()
            .setCreatedMillis(reservation.createdMillis())
            .setPrincipal(reservation.principal())
            .setReference(reservation.reference());
    for (HeldLine line : reservation.lines()) {
      proto.addLines(
          dev.holdfast.proto.log.v1.HeldLine.newBuilder()
              .setSku(line.sku())
              .setQuantity(line.quantity()));
    }
    return proto.build().toByteArray();
  }

  static Reservation reservation(byte[] value) {
    try {
      ReservationRecord proto = ReservationRecord.parseFrom(value);
      List<HeldLine> lines =
          proto.getLinesList().stream()
              .map(line -> new HeldLine(line.getSku(), line.getQuantity()))
              .toList();
      return new Reservation(
          lines, proto.getCreatedMillis(), proto.getPrincipal(), proto.getReference());
    } catch (InvalidProtocolBufferException e) {
      throw new StateFault("a reservation record is corrupt", e);
    }
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
