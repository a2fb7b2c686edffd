package dev.holdfast.store.state.db;

import dev.holdfast.common.codec.LeaseCodec;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.codec.ReservationCodec;
import dev.holdfast.common.codec.TransferCodec;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.proto.log.v1.HandoverRecord;
import dev.holdfast.proto.log.v1.InboundChannelRecord;
import dev.holdfast.proto.log.v1.Level;
import dev.holdfast.proto.log.v1.OutboundChannelRecord;
import dev.holdfast.proto.log.v1.ReceiptRecord;
import dev.holdfast.proto.log.v1.ReservationRecord;
import dev.holdfast.proto.log.v1.StoreRecord;
import dev.holdfast.proto.log.v1.TransferRecord;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.state.fault.StateFault;
import java.nio.ByteBuffer;

/** The values of the column families. Formats are forever; golden bytes stand in the tests. */
public final class StateRecords {
  static final Codec<byte[]> META = Codec.bytes("AppliedState; one byte");
  static final Codec<byte[]> BATCH = Codec.bytes("EventBatch");
  static final Codec<byte[]> NOTHING = Codec.bytes("empty");

  static final Codec<StockLevel> STOCK =
      new StoredKind<>("a stock record", Level.getDefaultInstance())
          .codec(LevelCodec::toProto, LevelCodec::fromProto);

  static final Codec<Reservation> RESERVATION =
      new StoredKind<>("a reservation record", ReservationRecord.getDefaultInstance())
          .codec(ReservationCodec::toProto, ReservationCodec::fromProto);

  static final Codec<Receipt> RECEIPT =
      new StoredKind<>("a receipt record", ReceiptRecord.getDefaultInstance())
          .codec(
              receipt ->
                  ReceiptRecord.newBuilder()
                      .setSequence(receipt.sequence())
                      .setFingerprint(receipt.fingerprint())
                      .build(),
              proto -> new Receipt(proto.getSequence(), proto.getFingerprint()));

  public static final Codec<Lease> LEASE =
      new StoredKind<>("a lease record", dev.holdfast.proto.log.v1.Lease.getDefaultInstance())
          .codec(LeaseCodec::toProto, LeaseCodec::fromProto);

  public static final Codec<Boolean> STORE_FROZEN =
      new StoredKind<>("a store record", StoreRecord.getDefaultInstance())
          .codec(
              frozen -> StoreRecord.newBuilder().setFrozen(frozen).build(), StoreRecord::getFrozen);

  public static final Codec<Transfer> TRANSFER =
      new StoredKind<>("a transfer record", TransferRecord.getDefaultInstance())
          .codec(TransferCodec::toProto, TransferCodec::fromProto);

  public static final Codec<Handover> HANDOVER =
      new StoredKind<>("a hand-over record", HandoverRecord.getDefaultInstance())
          .codec(TransferCodec::toProto, TransferCodec::fromProto);

  public static final Codec<OutboundChannel> OUTBOUND =
      new StoredKind<>(
              "the record of an outbound channel", OutboundChannelRecord.getDefaultInstance())
          .codec(TransferCodec::toProto, TransferCodec::fromProto);

  public static final Codec<InboundChannel> INBOUND =
      new StoredKind<>(
              "the record of an inbound channel", InboundChannelRecord.getDefaultInstance())
          .codec(TransferCodec::toProto, TransferCodec::fromProto);

  /** The direction in the key tells which of the two. */
  static final Codec<byte[]> CHANNEL = Codec.bytes(OUTBOUND.form() + "; " + INBOUND.form());

  /** The units that a reservation holds of an item. */
  static final Codec<Long> UNITS =
      new Codec<>("units (8)", StateRecords::ofUnits, StateRecords::units);

  private StateRecords() {}

  public static byte[] encode(StockLevel level) {
    return STOCK.encode(level);
  }

  public static StockLevel stockLevel(byte[] value) {
    return STOCK.decode(value);
  }

  public static byte[] encode(Reservation reservation) {
    return RESERVATION.encode(reservation);
  }

  public static Reservation reservation(byte[] value) {
    return RESERVATION.decode(value);
  }

  public static byte[] encode(Receipt receipt) {
    return RECEIPT.encode(receipt);
  }

  public static Receipt receipt(byte[] value) {
    return RECEIPT.decode(value);
  }

  public static byte[] ofUnits(long quantity) {
    return ByteBuffer.allocate(Long.BYTES).putLong(quantity).array();
  }

  static long units(byte[] value) {
    if (value.length != Long.BYTES) {
      throw new StateFault("a record of held units is corrupt");
    }
    return ByteBuffer.wrap(value).getLong();
  }
}
