package dev.holdfast.common.codec;

import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.Reservation.Closed;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.Reservation.State;
import dev.holdfast.proto.log.v1.ReservationRecord;
import java.util.List;

/** A reservation between its domain and the form that is persisted. */
public final class ReservationCodec {
  private ReservationCodec() {}

  public static ReservationRecord toProto(Reservation reservation) {
    if (reservation instanceof Open open) {
      return toProto(open);
    }
    return ReservationRecord.newBuilder().setStateValue(reservation.state().number()).build();
  }

  private static ReservationRecord toProto(Open open) {
    ReservationRecord.Builder proto =
        ReservationRecord.newBuilder()
            .setCreatedMillis(open.purpose().createdMillis())
            .setPrincipal(open.purpose().principal())
            .setReference(open.purpose().reference())
            .setHolder(open.purpose().givenHolder())
            .setExpiresMillis(open.life().expiresMillis())
            .setLifeEndsMillis(open.life().endsMillis())
            .setVersion(open.version());
    for (HeldLine line : open.lines()) {
      proto.addLinesBuilder().setSku(line.sku()).setQuantity(line.quantity());
    }
    return proto.build();
  }

  /**
   * Reads a reservation.
   *
   * @throws IllegalArgumentException when there can be no such reservation
   */
  public static Reservation fromProto(ReservationRecord proto) {
    State state = State.of(proto.getStateValue());
    return state == State.OPEN ? open(proto) : new Closed(state);
  }

  static Open open(ReservationRecord proto) {
    List<HeldLine> lines =
        proto.getLinesList().stream()
            .map(line -> new HeldLine(line.getSku(), line.getQuantity()))
            .toList();
    return new Open(
        proto.getVersion(),
        lines,
        new Reservation.Purpose(
            proto.getCreatedMillis(),
            proto.getPrincipal(),
            proto.getReference(),
            proto.getHolder()),
        new Reservation.Life(proto.getExpiresMillis(), proto.getLifeEndsMillis()));
  }
}
