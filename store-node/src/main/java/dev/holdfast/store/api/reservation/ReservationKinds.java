package dev.holdfast.store.api.reservation;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationResponse;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationResponse;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationResponse;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.Shortfall;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.store.api.call.MutationKind;
import java.util.List;

/** The mutations of one reservation. */
public final class ReservationKinds {
  private static final long VERSION_AT_CREATION = 1;

  public static final MutationKind<ReserveRequest, ReservationEvent.StockReserved, ReserveResponse>
      RESERVE =
          MutationKind.of(
              InventoryServiceGrpc.getReserveMethod(),
              (context, request) -> new ReservationMapper(context).map(request),
              ReservationEvent.StockReserved.class,
              (event, position) ->
                  ReserveResponse.newBuilder()
                      .setReservationId(event.reservation().reservationId())
                      .addAllStock(levels(event.reservation(), event.lines()))
                      .setPosition(position)
                      .setExpiresMillis(event.life().expiresMillis())
                      .addAllShortfalls(shortfalls(event.shortfalls()))
                      .build(),
              (event, accepted) ->
                  tell(accepted, event.reservation(), event.lines())
                      .setReservationVersion(VERSION_AT_CREATION)
                      .setExpiresMillis(event.life().expiresMillis())
                      .addAllShortfalls(shortfalls(event.shortfalls())));

  public static final MutationKind<
          ConfirmReservationRequest,
          ReservationEvent.ReservationConfirmed,
          ConfirmReservationResponse>
      CONFIRM =
          MutationKind.of(
              InventoryServiceGrpc.getConfirmReservationMethod(),
              (context, request) -> new ReservationMapper(context).map(request),
              ReservationEvent.ReservationConfirmed.class,
              (event, position) ->
                  ConfirmReservationResponse.newBuilder()
                      .addAllStock(levels(event.reservation(), event.lines()))
                      .setPosition(position)
                      .setReservationVersion(version(event.step()))
                      .build(),
              (event, accepted) ->
                  tell(accepted, event.reservation(), event.lines(), event.step()));

  public static final MutationKind<
          ReleaseReservationRequest,
          ReservationEvent.ReservationReleased,
          ReleaseReservationResponse>
      RELEASE =
          MutationKind.of(
              InventoryServiceGrpc.getReleaseReservationMethod(),
              (context, request) -> new ReservationMapper(context).map(request),
              ReservationEvent.ReservationReleased.class,
              (event, position) ->
                  ReleaseReservationResponse.newBuilder()
                      .addAllStock(levels(event.reservation(), event.lines()))
                      .setPosition(position)
                      .setReservationVersion(version(event.step()))
                      .build(),
              (event, accepted) ->
                  tell(accepted, event.reservation(), event.lines(), event.step()));

  public static final MutationKind<
          ExtendReservationRequest, ReservationEvent.ReservationExtended, ExtendReservationResponse>
      EXTEND =
          MutationKind.of(
              InventoryServiceGrpc.getExtendReservationMethod(),
              (context, request) -> new ReservationMapper(context).map(request),
              ReservationEvent.ReservationExtended.class,
              (event, position) ->
                  ExtendReservationResponse.newBuilder()
                      .setPosition(position)
                      .setReservationVersion(version(event.step()))
                      .setExpiresMillis(expiresMillis(event.step()))
                      .build(),
              (event, accepted) -> tell(accepted, event.reservation(), List.of(), event.step()));

  public static final MutationKind<
          ReplaceReservationRequest,
          ReservationEvent.ReservationReplaced,
          ReplaceReservationResponse>
      REPLACE =
          MutationKind.of(
              InventoryServiceGrpc.getReplaceReservationMethod(),
              (context, request) -> new ReservationMapper(context).map(request),
              ReservationEvent.ReservationReplaced.class,
              (event, position) ->
                  ReplaceReservationResponse.newBuilder()
                      .addAllStock(levels(event.reservation(), event.lines()))
                      .setPosition(position)
                      .setReservationVersion(version(event.step()))
                      .addAllShortfalls(shortfalls(event.shortfalls()))
                      .build(),
              (event, accepted) ->
                  tell(accepted, event.reservation(), event.lines(), event.step())
                      .addAllShortfalls(shortfalls(event.shortfalls())));

  public static final List<MutationKind<?, ?, ?>> ALL =
      List.of(RESERVE, CONFIRM, RELEASE, EXTEND, REPLACE);

  private ReservationKinds() {}

  private static Accepted.Builder tell(
      Accepted.Builder accepted, ReservationKey reservation, List<LineChange> lines) {
    return accepted
        .setReservationId(reservation.reservationId())
        .addAllStock(levels(reservation, lines));
  }

  private static Accepted.Builder tell(
      Accepted.Builder accepted,
      ReservationKey reservation,
      List<LineChange> lines,
      ReservationStep step) {
    return tell(accepted, reservation, lines)
        .setReservationVersion(version(step))
        .setExpiresMillis(expiresMillis(step));
  }

  private static List<StockLevel> levels(ReservationKey reservation, List<LineChange> lines) {
    return lines.stream()
        .map(line -> LevelAnswer.of(new StockKey(reservation.store(), line.sku()), line.after()))
        .toList();
  }

  /** 0 once the reservation is closed. */
  private static long version(ReservationStep step) {
    Reservation.Open open = step.open();
    return open == null ? 0 : open.version();
  }

  /** 0 once the reservation is closed. */
  private static long expiresMillis(ReservationStep step) {
    Reservation.Open open = step.open();
    return open == null ? 0 : open.life().expiresMillis();
  }

  private static List<Shortfall> shortfalls(List<dev.holdfast.common.domain.Shortfall> shortfalls) {
    return shortfalls.stream()
        .map(
            shortfall ->
                Shortfall.newBuilder()
                    .setSku(shortfall.sku())
                    .setRequested(shortfall.requested())
                    .setGranted(shortfall.granted())
                    .build())
        .toList();
  }
}
