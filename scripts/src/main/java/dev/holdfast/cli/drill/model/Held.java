package dev.holdfast.cli.drill.model;

import dev.holdfast.proto.inventory.v1.HeldQuantity;
import dev.holdfast.proto.inventory.v1.Reservation;
import dev.holdfast.proto.inventory.v1.ReservationState;
import java.util.Locale;
import java.util.Map;

/** A reservation. Immutable; its lines keep their order. Once closed it has only its state. */
record Held(State state, long version, Map<String, Long> lines, Purpose purpose, Life life) {
  /** Whether it holds units, or why not. */
  enum State {
    OPEN,
    CONFIRMED,
    RELEASED,
    EXPIRED;

    ReservationState told() {
      return ReservationState.valueOf("RESERVATION_STATE_" + name());
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The words that it was made with. */
  record Purpose(String holder, String reference) {}

  /** Its times by the log's clock. */
  record Life(long createdMillis, long expiresMillis, long endsMillis) {
    Life until(long millis) {
      return new Life(createdMillis, millis, endsMillis);
    }
  }

  static Held opened(Map<String, Long> lines, Purpose purpose, Life life) {
    return new Held(State.OPEN, 1, lines, purpose, life);
  }

  long units(String sku) {
    return lines.getOrDefault(sku, 0L);
  }

  /** With other lines; closed in a way when there are none left. */
  Held with(Map<String, Long> newLines, State closed) {
    return newLines.isEmpty()
        ? new Held(closed, 0, Map.of(), new Purpose("", ""), new Life(0, 0, 0))
        : new Held(State.OPEN, version + 1, newLines, purpose, life);
  }

  Held until(long millis) {
    return new Held(state, version + 1, lines, purpose, life.until(millis));
  }

  /** The state that callers meet: one whose time is over is expired, also before it is closed. */
  State stateAt(long millis) {
    return state == State.OPEN && millis >= life.expiresMillis() ? State.EXPIRED : state;
  }

  Reservation told(Id id, String principal) {
    Reservation.Builder told =
        Reservation.newBuilder()
            .setStore(id.store())
            .setReservationId(id.name())
            .setState(state.told());
    if (state == State.OPEN) {
      told.setVersion(version)
          .setCreatedMillis(life.createdMillis())
          .setExpiresMillis(life.expiresMillis())
          .setLifeEndsMillis(life.endsMillis())
          .setPrincipal(principal)
          .setHolder(purpose.holder().isEmpty() ? principal : purpose.holder())
          .setReference(purpose.reference());
      lines.forEach(
          (sku, units) -> told.addLines(HeldQuantity.newBuilder().setSku(sku).setQuantity(units)));
    }
    return told.build();
  }
}
