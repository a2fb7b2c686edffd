package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.ReserveMode;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Commands about reservations, which live no longer than a few steps. */
final class RandomReservationSteps {
  /** Time goes on by so much at least, when it does. */
  private static final long TICK = 300;

  private static final int TICKS_MAX = 8;

  private RandomReservationSteps() {}

  static Arbitrary<Command> commands() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, reservations()),
        Tuple.of(3, confirmations()),
        Tuple.of(2, releases()),
        Tuple.of(2, extensions()),
        Tuple.of(3, replacements()),
        Tuple.of(2, RandomSteps.reservationKeys().map(Command.ExpireReservation::new)));
  }

  private static Arbitrary<Command> reservations() {
    return Combinators.combine(
            RandomSteps.reservationKeys(), lines(), Arbitraries.of(ReserveMode.class), terms())
        .as(Command.ReserveStock::new);
  }

  private static Arbitrary<Command.HoldTerms> terms() {
    return Combinators.combine(ttls(), ttls(), Arbitraries.of("", "basket 9"))
        .as((ttl, more, holder) -> new Command.HoldTerms(ttl, ttl + more, holder));
  }

  /** Some end just when another step is taken. */
  private static Arbitrary<Long> ttls() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(1, TICKS_MAX).map(ticks -> ticks * TICK),
        Arbitraries.longs().between(1, TICKS_MAX * TICK));
  }

  /** What may stand in an order. */
  static Arbitrary<Command> ofOrders() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, reservations()), Tuple.of(1, confirmations()), Tuple.of(1, releases()));
  }

  private static Arbitrary<Command> confirmations() {
    return Combinators.combine(
            RandomSteps.reservationKeys(),
            held(),
            Arbitraries.of(true, false),
            RandomSteps.versions())
        .as(Command.ConfirmReservation::new);
  }

  private static Arbitrary<Command> releases() {
    return Combinators.combine(RandomSteps.reservationKeys(), held(), RandomSteps.versions())
        .as(Command.ReleaseReservation::new);
  }

  private static Arbitrary<Command> extensions() {
    return Combinators.combine(RandomSteps.reservationKeys(), ttls(), RandomSteps.versions())
        .as(Command.ExtendReservation::new);
  }

  private static Arbitrary<Command> replacements() {
    return Combinators.combine(
            RandomSteps.reservationKeys(),
            lines(),
            Arbitraries.of(ReserveMode.class),
            RandomSteps.versions())
        .as(Command.ReplaceReservation::new);
  }

  private static Arbitrary<List<String>> skus(int min) {
    return Arbitraries.of(RandomSteps.SKUS)
        .list()
        .uniqueElements()
        .ofMinSize(min)
        .ofMaxSize(RandomSteps.SKUS.size());
  }

  /** Of half of them nothing: that is all that is held. */
  private static Arbitrary<List<HeldLine>> held() {
    Arbitrary<List<HeldLine>> some = skus(1).flatMap(RandomReservationSteps::held);
    return Arbitraries.oneOf(Arbitraries.just(List.of()), some);
  }

  private static Arbitrary<List<HeldLine>> held(List<String> skus) {
    List<Arbitrary<HeldLine>> lines = new ArrayList<>();
    for (String sku : skus) {
      lines.add(Arbitraries.longs().between(1, 4).map(quantity -> new HeldLine(sku, quantity)));
    }
    return Combinators.combine(lines).as(List::copyOf);
  }

  private static Arbitrary<List<Command.ReserveLine>> lines() {
    return skus(1).flatMap(RandomReservationSteps::lines);
  }

  private static Arbitrary<List<Command.ReserveLine>> lines(List<String> skus) {
    Arbitrary<Long> quantities =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.longs().between(1, 4)),
            Tuple.of(1, Arbitraries.of(StockLevel.QUANTITY_MAX, StockLevel.QUANTITY_MAX - 1)));
    List<Arbitrary<Command.ReserveLine>> lines = new ArrayList<>();
    for (String sku : skus) {
      lines.add(
          Combinators.combine(quantities, RandomSteps.versions())
              .as((quantity, version) -> new Command.ReserveLine(sku, quantity, version)));
    }
    return Combinators.combine(lines).as(List::copyOf);
  }
}
