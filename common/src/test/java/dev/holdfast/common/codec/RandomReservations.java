package dev.holdfast.common.codec;

import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.Shortfall;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What events tell of reservations, as far as the types allow. */
final class RandomReservations {
  private RandomReservations() {}

  static Arbitrary<ReservationKey> keys() {
    return Combinators.combine(RandomBatches.texts(), RandomBatches.texts())
        .as(ReservationKey::new);
  }

  static Arbitrary<Reservation.Life> lives() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Reservation.Life::new);
  }

  static Arbitrary<ReservationStep> steps() {
    return Combinators.combine(Arbitraries.longs(), open().injectNull(0.3))
        .as(ReservationStep::new);
  }

  static Arbitrary<List<Shortfall>> shortfalls() {
    return Combinators.combine(RandomBatches.texts(), Arbitraries.longs(), Arbitraries.longs())
        .as(Shortfall::new)
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<Reservation.Open> open() {
    Arbitrary<List<HeldLine>> lines =
        Combinators.combine(RandomBatches.texts(), Arbitraries.longs())
            .as(HeldLine::new)
            .list()
            .ofMaxSize(3);
    Arbitrary<Reservation.Purpose> purposes =
        Combinators.combine(
                Arbitraries.longs(),
                RandomBatches.texts(),
                RandomBatches.texts(),
                RandomBatches.texts())
            .as(Reservation.Purpose::new);
    return Combinators.combine(Arbitraries.longs(), lines, purposes, lives())
        .as(Reservation.Open::new);
  }
}
