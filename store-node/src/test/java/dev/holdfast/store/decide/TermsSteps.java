package dev.holdfast.store.decide;

import dev.holdfast.common.domain.BookLevel;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsCommand;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Steps about terms, counts and leases. */
final class TermsSteps {
  private static final int LEASES_MAX = 2;

  private TermsSteps() {}

  static Arbitrary<Command> terms() {
    Arbitrary<Long> quantities = Arbitraries.of(0L, 2L, 5L, StockLevel.QUANTITY_MAX);
    Arbitrary<Boolean> frozen = Arbitraries.of(true, false, false);
    return Arbitraries.frequencyOf(
        Tuple.of(
            2,
            Combinators.combine(RandomSteps.items(), quantities, RandomSteps.versions())
                .as(TermsCommand.SetSafetyStock::new)),
        Tuple.of(
            2,
            Combinators.combine(RandomSteps.items(), frozen, RandomSteps.versions())
                .as(TermsCommand.SetItemFrozen::new)),
        Tuple.of(
            2,
            Combinators.combine(RandomSteps.items(), RandomSteps.versions())
                .as(TermsCommand.DeleteItem::new)),
        Tuple.of(
            1,
            Combinators.combine(Arbitraries.of(RandomSteps.STORES), frozen)
                .as(TermsCommand.SetStoreFrozen::new)));
  }

  static Arbitrary<Command> counts() {
    Arbitrary<BookLevel> books =
        Combinators.combine(
                Arbitraries.of(0L, 5L, 9L, 20L, 30L),
                Arbitraries.of(Command.ANY_VERSION, 1L, 2L, 3L))
            .as(BookLevel::new)
            .injectNull(0.5);
    Arbitrary<Long> counted = Arbitraries.of(0L, 0L, 4L, 12L, 20L, StockLevel.QUANTITY_MAX);
    return Combinators.combine(
            RandomSteps.items(),
            counted,
            RandomSteps.versions(),
            Arbitraries.of(CountStock.NOW, 1_699_999_999_999L),
            books)
        .as(CountStock::new);
  }

  static Arbitrary<Command> leases() {
    Arbitrary<Long> ttls = Arbitraries.of(1L, 700L, 2_000L, 6_000L);
    Arbitrary<Long> tokens = Arbitraries.of(RandomSteps.RIGHT_VERSION, 3L);
    return Arbitraries.frequencyOf(
        Tuple.of(
            3,
            Combinators.combine(
                    RandomSteps.items(),
                    Arbitraries.of("till 1", "till 2"),
                    ttls,
                    Arbitraries.just(LEASES_MAX))
                .as(LeaseCommand.AcquireLease::new)),
        Tuple.of(
            1,
            Combinators.combine(RandomSteps.items(), tokens, ttls)
                .as(LeaseCommand.RenewLease::new)),
        Tuple.of(
            1,
            Combinators.combine(RandomSteps.items(), tokens).as(LeaseCommand.ReleaseLease::new)));
  }
}
