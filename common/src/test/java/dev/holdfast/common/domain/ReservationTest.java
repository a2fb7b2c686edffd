package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What reservations and leases tell of themselves. */
final class ReservationTest {
  private static final Reservation.Open OPEN =
      new Reservation.Open(
          1,
          List.of(new HeldLine("tea", 3), new HeldLine("cup", 1)),
          new Reservation.Purpose(5, "alice", "order 66", ""),
          new Reservation.Life(60, 900));

  @Test
  void shouldBeNewUntilItChanges() {
    Reservation.Open less = OPEN.with(List.of(new HeldLine("tea", 1)));

    assertThat(OPEN.isNew()).isTrue();
    assertThat(less.version()).isEqualTo(2);
    assertThat(less.isNew()).isFalse();
    assertThat(OPEN.expiringAt(70).isNew()).isFalse();
  }

  @Test
  void shouldHoldTheUnitsOfItsLines() {
    assertThat(OPEN.held("tea")).isEqualTo(3);
    assertThat(OPEN.held("cup")).isEqualTo(1);
    assertThat(OPEN.held("pot")).isZero();
  }

  @Test
  void shouldBeForTheCallerUnlessAnotherHolderWasGiven() {
    assertThat(OPEN.purpose().holder()).isEqualTo("alice");
    assertThat(new Reservation.Purpose(5, "alice", "", "basket 9").holder()).isEqualTo("basket 9");
  }

  @Test
  void shouldBeOverFromItsExpiryOn() {
    assertThat(OPEN.life().isOverAt(59)).isFalse();
    assertThat(OPEN.life().isOverAt(60)).isTrue();
    assertThat(OPEN.life().isOverAt(61)).isTrue();
  }

  @Test
  void shouldNotBeClosedAsOpen() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reservation.Closed(Reservation.State.OPEN));
  }

  @Test
  void shouldLeaseAnItemUntilTheExpiry() {
    Lease lease = new Lease("till 4", 17, 60);

    assertThat(lease.isLive(59)).isTrue();
    assertThat(lease.isLive(60)).isFalse();
    assertThat(lease.isLive(61)).isFalse();
  }
}
