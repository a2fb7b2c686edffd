package dev.holdfast.cli.drill.workload;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.HeldQuantity;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveMode;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import java.util.ArrayList;
import java.util.List;

/** Random requests about reservations. */
final class ReservationRequests {
  private static final int KINDS = 7;

  private final Draw draw;

  ReservationRequests(Draw draw) {
    this.draw = draw;
  }

  ReserveRequest reserve() {
    String id = draw.newReservation();
    ReserveRequest.Builder reserve =
        ReserveRequest.newBuilder()
            .setStore(draw.store())
            .setReservationId(id)
            .setTtlMillis(draw.reservationTtlMillis())
            .setReference("for " + id)
            .setIdempotencyKey(draw.key());
    if (draw.once(3)) {
      reserve.setMode(ReserveMode.RESERVE_MODE_UP_TO);
    }
    lines().forEach(reserve::addLines);
    return reserve.build();
  }

  /** By a number: one of the requests about one of the latest reservations. */
  Message ofReservation(int dice) {
    String store = draw.store();
    String id = draw.recentReservation();
    HeldQuantity some =
        HeldQuantity.newBuilder().setSku(draw.sku()).setQuantity(1 + draw.below(2)).build();
    boolean whole = draw.coin();
    return switch (dice % KINDS) {
      case 0, 1 ->
          ConfirmReservationRequest.newBuilder()
              .setStore(store)
              .setReservationId(id)
              .addAllLines(whole ? List.of() : List.of(some))
              .setKeepRest(draw.coin())
              .setIdempotencyKey(draw.key())
              .build();
      case 2, 3 ->
          ReleaseReservationRequest.newBuilder()
              .setStore(store)
              .setReservationId(id)
              .addAllLines(whole ? List.of() : List.of(some))
              .setIdempotencyKey(draw.key())
              .build();
      case 4 ->
          ExtendReservationRequest.newBuilder()
              .setStore(store)
              .setReservationId(id)
              .setTtlMillis(draw.millis(80))
              .setIdempotencyKey(draw.key())
              .build();
      case 5 ->
          ReplaceReservationRequest.newBuilder()
              .setStore(store)
              .setReservationId(id)
              .addAllLines(lines())
              .setExpectedVersion(1 + draw.below(2))
              .setIdempotencyKey(draw.key())
              .build();
      default -> GetReservationRequest.newBuilder().setStore(store).setReservationId(id).build();
    };
  }

  private List<ReservationLine> lines() {
    List<ReservationLine> lines = new ArrayList<>();
    for (int i = 1 + draw.below(2); i > 0; i--) {
      lines.add(
          ReservationLine.newBuilder().setSku(draw.sku()).setQuantity(1 + draw.below(4)).build());
    }
    return lines;
  }
}
