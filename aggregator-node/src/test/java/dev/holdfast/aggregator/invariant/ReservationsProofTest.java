package dev.holdfast.aggregator.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReservationsProofTest {
  private static final PartProof.At AT = new PartProof.At(3, 17, "node-b");

  private static ReservationsProof of(long reserved, boolean heldEqual, boolean indexEqual) {
    return ReservationsProof.of(
        AT, reserved, new ReservationsProof.Books(2, 7, heldEqual, indexEqual));
  }

  @Test
  void shouldBeEqualWhenRecordsReservationsAndIndexAgree() {
    ReservationsProof proof = of(7, true, true);

    assertThat(proof.isEqual()).isTrue();
    assertThat(proof.open()).isEqualTo(2);
    assertThat(proof.held()).isEqualTo(proof.reserved()).isEqualTo(7);
  }

  /** Even when the store node does not see it. */
  @Test
  void shouldDifferWhenTheRecordsThatWereComparedHaveAnotherSum() {
    assertThat(of(8, true, true).isEqual()).isFalse();
    assertThat(of(8, false, true).differences())
        .containsExactly("partition 3 on node-b: 8 units are reserved, open reservations hold 7");
  }

  @Test
  void shouldDifferWhenOtherItemsAreHeldOrTheIndexIsWrong() {
    assertThat(of(7, false, true).isEqual()).isFalse();
    assertThat(of(7, true, false).isEqual()).isFalse();
    assertThat(of(7, false, false).differences()).hasSize(2);
  }
}
