package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.proto.log.v1.LineChanged;
import dev.holdfast.proto.log.v1.ReservationConfirmed;
import dev.holdfast.proto.log.v1.ReservationExpired;
import dev.holdfast.proto.log.v1.ReservationExtended;
import dev.holdfast.proto.log.v1.ReservationRecord;
import dev.holdfast.proto.log.v1.ReservationReleased;
import dev.holdfast.proto.log.v1.ReservationReplaced;
import dev.holdfast.proto.log.v1.Shortfall;
import dev.holdfast.proto.log.v1.StockReserved;
import java.util.ArrayList;
import java.util.List;

/** Events of reservations between their domain and their persisted form. */
final class ReservationEventCodec {
  private ReservationEventCodec() {}

  static StockReserved.Builder toProto(ReservationEvent.StockReserved e) {
    return StockReserved.newBuilder()
        .setStore(e.reservation().store())
        .setReservationId(e.reservation().reservationId())
        .addAllLines(lines(e.lines()))
        .setHolder(e.givenHolder())
        .setExpiresMillis(e.life().expiresMillis())
        .setLifeEndsMillis(e.life().endsMillis())
        .addAllShortfalls(shortfalls(e.shortfalls()));
  }

  static ReservationConfirmed.Builder toProto(ReservationEvent.ReservationConfirmed e) {
    ReservationConfirmed.Builder proto =
        ReservationConfirmed.newBuilder()
            .setStore(e.reservation().store())
            .setReservationId(e.reservation().reservationId())
            .addAllLines(lines(e.lines()))
            .setExpiresMillisBefore(e.step().expiresMillisBefore());
    Reservation.Open open = e.step().open();
    return open == null ? proto : proto.setOpen(ReservationCodec.toProto(open));
  }

  static ReservationReleased.Builder toProto(ReservationEvent.ReservationReleased e) {
    ReservationReleased.Builder proto =
        ReservationReleased.newBuilder()
            .setStore(e.reservation().store())
            .setReservationId(e.reservation().reservationId())
            .addAllLines(lines(e.lines()))
            .setExpiresMillisBefore(e.step().expiresMillisBefore());
    Reservation.Open open = e.step().open();
    return open == null ? proto : proto.setOpen(ReservationCodec.toProto(open));
  }

  static ReservationExtended.Builder toProto(ReservationEvent.ReservationExtended e) {
    ReservationExtended.Builder proto =
        ReservationExtended.newBuilder()
            .setStore(e.reservation().store())
            .setReservationId(e.reservation().reservationId())
            .setExpiresMillisBefore(e.step().expiresMillisBefore());
    Reservation.Open open = e.step().open();
    return open == null ? proto : proto.setOpen(ReservationCodec.toProto(open));
  }

  static ReservationReplaced.Builder toProto(ReservationEvent.ReservationReplaced e) {
    ReservationReplaced.Builder proto =
        ReservationReplaced.newBuilder()
            .setStore(e.reservation().store())
            .setReservationId(e.reservation().reservationId())
            .addAllLines(lines(e.lines()))
            .setExpiresMillisBefore(e.step().expiresMillisBefore())
            .addAllShortfalls(shortfalls(e.shortfalls()));
    Reservation.Open open = e.step().open();
    return open == null ? proto : proto.setOpen(ReservationCodec.toProto(open));
  }

  static ReservationExpired.Builder toProto(ReservationEvent.ReservationExpired e) {
    return ReservationExpired.newBuilder()
        .setStore(e.reservation().store())
        .setReservationId(e.reservation().reservationId())
        .addAllLines(lines(e.lines()))
        .setExpiresMillisBefore(e.step().expiresMillisBefore());
  }

  static List<LineChanged> lines(List<LineChange> lines) {
    List<LineChanged> protos = new ArrayList<>(lines.size());
    for (LineChange line : lines) {
      protos.add(
          LineChanged.newBuilder()
              .setSku(line.sku())
              .setQuantity(line.quantity())
              .setAfter(LevelCodec.toProto(line.after()))
              .setReleased(line.released())
              .build());
    }
    return protos;
  }

  private static List<Shortfall> shortfalls(List<dev.holdfast.common.domain.Shortfall> each) {
    List<Shortfall> protos = new ArrayList<>(each.size());
    for (var shortfall : each) {
      protos.add(
          Shortfall.newBuilder()
              .setSku(shortfall.sku())
              .setRequested(shortfall.requested())
              .setGranted(shortfall.granted())
              .build());
    }
    return protos;
  }

  static Event fromProto(StockReserved proto) {
    return new ReservationEvent.StockReserved(
        new ReservationKey(proto.getStore(), proto.getReservationId()),
        linesFrom(proto.getLinesList()),
        new Reservation.Life(proto.getExpiresMillis(), proto.getLifeEndsMillis()),
        proto.getHolder(),
        shortfallsFrom(proto.getShortfallsList()));
  }

  static Event fromProto(ReservationConfirmed proto) {
    return new ReservationEvent.ReservationConfirmed(
        new ReservationKey(proto.getStore(), proto.getReservationId()),
        linesFrom(proto.getLinesList()),
        step(proto.getExpiresMillisBefore(), proto.hasOpen(), proto.getOpen()));
  }

  static Event fromProto(ReservationReleased proto) {
    return new ReservationEvent.ReservationReleased(
        new ReservationKey(proto.getStore(), proto.getReservationId()),
        linesFrom(proto.getLinesList()),
        step(proto.getExpiresMillisBefore(), proto.hasOpen(), proto.getOpen()));
  }

  static Event fromProto(ReservationExtended proto) {
    return new ReservationEvent.ReservationExtended(
        new ReservationKey(proto.getStore(), proto.getReservationId()),
        step(proto.getExpiresMillisBefore(), proto.hasOpen(), proto.getOpen()));
  }

  static Event fromProto(ReservationReplaced proto) {
    return new ReservationEvent.ReservationReplaced(
        new ReservationKey(proto.getStore(), proto.getReservationId()),
        linesFrom(proto.getLinesList()),
        step(proto.getExpiresMillisBefore(), proto.hasOpen(), proto.getOpen()),
        shortfallsFrom(proto.getShortfallsList()));
  }

  static Event fromProto(ReservationExpired proto) {
    return new ReservationEvent.ReservationExpired(
        new ReservationKey(proto.getStore(), proto.getReservationId()),
        linesFrom(proto.getLinesList()),
        new ReservationStep(proto.getExpiresMillisBefore(), null));
  }

  private static ReservationStep step(long before, boolean open, ReservationRecord record) {
    return new ReservationStep(before, open ? ReservationCodec.open(record) : null);
  }

  static List<LineChange> linesFrom(List<LineChanged> protos) {
    List<LineChange> lines = new ArrayList<>(protos.size());
    for (LineChanged proto : protos) {
      lines.add(
          new LineChange(
              proto.getSku(),
              proto.getQuantity(),
              LevelCodec.fromProto(proto.getAfter()),
              proto.getReleased()));
    }
    return List.copyOf(lines);
  }

  private static List<dev.holdfast.common.domain.Shortfall> shortfallsFrom(List<Shortfall> protos) {
    List<dev.holdfast.common.domain.Shortfall> shortfalls = new ArrayList<>(protos.size());
    for (Shortfall proto : protos) {
      shortfalls.add(
          new dev.holdfast.common.domain.Shortfall(
              proto.getSku(), proto.getRequested(), proto.getGranted()));
    }
    return List.copyOf(shortfalls);
  }
}
