package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Reservation.Closed;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.Reservation.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What events do to reservations: records, items, and the rows of both indexes. */
final class ReservationFoldTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final ReservationKey KEY = new ReservationKey("berlin", "r-1");
  private static final Reservation.Life LIFE = new Reservation.Life(NOW + 60, NOW + 900);
  private static final Open OPEN =
      new Open(
          1,
          List.of(new HeldLine("tea", 3), new HeldLine("cup", 1)),
          new Reservation.Purpose(NOW, "alice", "order 66", "basket 9"),
          LIFE);
  private static final List<LineChange> LINES =
      List.of(
          new LineChange("tea", 3, new StockLevel(9, 3, 2)),
          new LineChange("cup", 1, new StockLevel(4, 1, 8)));

  private final List<String> written = new ArrayList<>();
  private final List<@Nullable StockLevel> before = new ArrayList<>();

  @Test
  void shouldOpenAReservationWithAllThatItIs() {
    fold(new ReservationEvent.StockReserved(KEY, LINES, LIFE, "basket 9", List.of()));

    assertThat(written)
        .containsExactly(
            "tea 9/3/2",
            "cup 4/1/8",
            "r-1 = " + OPEN,
            "r-1 expires at " + LIFE.expiresMillis(),
            "r-1 holds 3 tea",
            "r-1 holds 1 cup");
    assertThat(before).containsExactly(new StockLevel(9, 0, 1), new StockLevel(4, 0, 7));
  }

  @Test
  void shouldCloseWithoutATraceInTheIndexes() {
    fold(new ReservationEvent.ReservationConfirmed(KEY, LINES, closed()));

    assertThat(written)
        .containsExactly(
            "tea 9/3/2",
            "cup 4/1/8",
            "r-1 = " + new Closed(State.CONFIRMED),
            "r-1 does not expire at " + LIFE.expiresMillis(),
            "r-1 does not hold tea",
            "r-1 does not hold cup");
    assertThat(before).containsExactly(new StockLevel(12, 6, 1), new StockLevel(5, 2, 7));
  }

  @Test
  void shouldTellHowItWasClosed() {
    fold(new ReservationEvent.ReservationReleased(KEY, LINES, closed()));
    fold(new ReservationEvent.ReservationExpired(KEY, LINES, closed()));

    assertThat(written)
        .contains("r-1 = " + new Closed(State.RELEASED), "r-1 = " + new Closed(State.EXPIRED));
    assertThat(before.subList(0, 2))
        .containsExactly(new StockLevel(9, 6, 1), new StockLevel(4, 2, 7))
        .isEqualTo(before.subList(2, 4));
  }

  @Test
  void shouldTakeWhatWasSoldAndWhatWasGivenBackOffTheSameLine() {
    LineChange line = new LineChange("tea", 2, new StockLevel(7, 0, 3), 1);

    fold(new ReservationEvent.ReservationConfirmed(KEY, List.of(line), closed()));

    assertThat(before).containsExactly(new StockLevel(9, 3, 2));
  }

  @Test
  void shouldKeepTheIndexRowsOfWhatStaysHeld() {
    Open rest = OPEN.with(List.of(new HeldLine("tea", 1), new HeldLine("cup", 1)));
    LineChange line = new LineChange("tea", 2, new StockLevel(7, 1, 3));

    fold(new ReservationEvent.ReservationConfirmed(KEY, List.of(line), step(rest)));

    assertThat(written).containsExactly("tea 7/1/3", "r-1 = " + rest, "r-1 holds 1 tea");
  }

  @Test
  void shouldMoveTheExpiry() {
    Open later = OPEN.expiringAt(NOW + 500);

    fold(new ReservationEvent.ReservationExtended(KEY, step(later)));

    assertThat(later.version()).isEqualTo(2);
    assertThat(written)
        .containsExactly(
            "r-1 = " + later,
            "r-1 does not expire at " + LIFE.expiresMillis(),
            "r-1 expires at " + (NOW + 500));
  }

  @Test
  void shouldHoldOtherLines() {
    Open other = OPEN.with(List.of(new HeldLine("cup", 1), new HeldLine("pot", 4)));
    List<LineChange> lines =
        List.of(
            new LineChange("pot", 4, new StockLevel(9, 4, 2)),
            new LineChange("tea", -3, new StockLevel(9, 0, 3)));

    fold(new ReservationEvent.ReservationReplaced(KEY, lines, step(other), List.of()));

    assertThat(written)
        .containsExactly(
            "pot 9/4/2", "tea 9/0/3", "r-1 = " + other, "r-1 holds 4 pot", "r-1 does not hold tea");
    assertThat(before).containsExactly(new StockLevel(9, 0, 1), new StockLevel(9, 3, 2));
  }

  private static ReservationStep closed() {
    return new ReservationStep(LIFE.expiresMillis(), null);
  }

  private static ReservationStep step(Open open) {
    return new ReservationStep(LIFE.expiresMillis(), open);
  }

  private void fold(Event event) {
    Origin origin = new Origin("request-1", "alice");
    new RecordedEvent(event, origin, "order 66", "", 0).foldInto(new Written(), NOW);
  }

  private final class Written extends IgnoredChanges {
    @Override
    public void putStock(StockKey item, @Nullable StockLevel told, StockLevel n) {
      before.add(told);
      written.add(item.sku() + " " + n.onHand() + "/" + n.reserved() + "/" + n.version());
    }

    @Override
    public void putReservation(ReservationKey key, Reservation reservation) {
      written.add(key.reservationId() + " = " + reservation);
    }

    @Override
    public void putExpiry(long millis, ReservationKey key) {
      written.add(key.reservationId() + " expires at " + millis);
    }

    @Override
    public void removeExpiry(long millis, ReservationKey key) {
      written.add(key.reservationId() + " does not expire at " + millis);
    }

    @Override
    public void putHold(StockKey item, String reservationId, long quantity) {
      written.add(reservationId + " holds " + quantity + " " + item.sku());
    }

    @Override
    public void removeHold(StockKey item, String reservationId) {
      written.add(reservationId + " does not hold " + item.sku());
    }
  }
}
