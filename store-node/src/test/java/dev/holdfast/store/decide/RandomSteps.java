package dev.holdfast.store.decide;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.SubmitOrder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Histories over so few stores, items, ids and keys that they meet all the time. */
final class RandomSteps {
  static final List<String> STORES = List.of("berlin", "Zürich");
  static final List<String> SKUS = List.of("tea", "cup", "pot");
  static final List<String> RESERVATIONS = List.of("r1", "r2", "r3");

  /** Stands for the version that the item has when the step is taken. */
  static final long RIGHT_VERSION = -1;

  /** Most items exist from the start, so that most steps meet some stock. */
  static final List<Command> OPENING =
      List.of(
          new Command.CreateItem(new StockKey("berlin", "tea"), 20),
          new Command.CreateItem(new StockKey("berlin", "cup"), 9),
          new Command.CreateItem(new StockKey("berlin", "pot"), StockLevel.QUANTITY_MAX - 9),
          new Command.CreateItem(new StockKey("Zürich", "tea"), 12),
          new Command.CreateItem(new StockKey("Zürich", "cup"), 0));

  private RandomSteps() {}

  /**
   * @param again index of an earlier step to repeat as it was, NEW for a step of its own
   * @param applies events to be applied before the step; time goes on as well
   */
  record Step(
      Command command, String key, String principal, int again, int applies, Tokens tokens) {
    static final int NEW = -1;

    static Step of(Command command) {
      return new Step(command, "", "alice", NEW, 0, Tokens.NONE);
    }
  }

  /** Which fencing tokens a step carries. */
  enum Tokens {
    NONE,
    RIGHT,
    /** Of several that are needed, one. */
    ONE,
    STALE
  }

  static Arbitrary<List<Step>> histories() {
    Arbitrary<String> keys =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just("")),
            Tuple.of(2, Arbitraries.integers().between(1, 30).map(n -> "k" + n)));
    Arbitrary<Integer> again =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(Step.NEW)),
            Tuple.of(1, Arbitraries.integers().between(0, 40)));
    return Combinators.combine(
            commands(),
            keys,
            Arbitraries.of("alice", "bob"),
            again,
            Arbitraries.integers().between(0, 3),
            Arbitraries.frequency(
                Tuple.of(8, Tokens.NONE),
                Tuple.of(4, Tokens.RIGHT),
                Tuple.of(1, Tokens.ONE),
                Tuple.of(1, Tokens.STALE)))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<Command> commands() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, creations()),
        Tuple.of(4, adjustments()),
        Tuple.of(12, RandomReservationSteps.commands()),
        Tuple.of(7, RandomTransfers.commands()),
        Tuple.of(3, TermsSteps.terms()),
        Tuple.of(2, TermsSteps.counts()),
        Tuple.of(2, TermsSteps.leases()),
        Tuple.of(2, orders()));
  }

  private static Arbitrary<Command> orders() {
    Arbitrary<Command> operations =
        Arbitraries.frequencyOf(
            Tuple.of(4, adjustments()), Tuple.of(5, RandomReservationSteps.ofOrders()));
    return Arbitraries.of(STORES)
        .flatMap(
            store ->
                operations
                    .map(operation -> (Command.Mutation) operation)
                    .filter(operation -> operation.store().equals(store))
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(5)
                    .map(list -> new SubmitOrder(store, list)));
  }

  private static Arbitrary<Command> creations() {
    Arbitrary<Long> quantities =
        Arbitraries.of(0L, 5L, 20L, 20L, StockLevel.QUANTITY_MAX - 1, StockLevel.QUANTITY_MAX);
    return Combinators.combine(items(), quantities).as(Command.CreateItem::new);
  }

  private static Arbitrary<Command> adjustments() {
    return Combinators.combine(
            items(),
            deltas(),
            Arbitraries.of(AdjustmentReason.class),
            versions(),
            Arbitraries.of(true, false, false))
        .as(RandomSteps::adjustment);
  }

  private static Command adjustment(
      StockKey item, long delta, AdjustmentReason reason, long version, boolean happened) {
    return new Command.AdjustStock(item, delta, reason, version, happened && delta < 0);
  }

  private static Arbitrary<Long> deltas() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(-8, 12).filter(delta -> delta != 0),
        Arbitraries.of(
            -StockLevel.QUANTITY_MAX,
            1 - StockLevel.QUANTITY_MAX,
            StockLevel.QUANTITY_MAX - 1,
            StockLevel.QUANTITY_MAX));
  }

  static Arbitrary<Long> versions() {
    return Arbitraries.frequency(
        Tuple.of(6, Command.ANY_VERSION),
        Tuple.of(3, RIGHT_VERSION),
        Tuple.of(1, 1L),
        Tuple.of(1, 7L),
        Tuple.of(1, Long.MAX_VALUE));
  }

  static Arbitrary<StockKey> items() {
    return Combinators.combine(Arbitraries.of(STORES), Arbitraries.of(SKUS)).as(StockKey::new);
  }

  static Arbitrary<ReservationKey> reservationKeys() {
    return Combinators.combine(Arbitraries.of(STORES), Arbitraries.of(RESERVATIONS))
        .as(ReservationKey::new);
  }

  static List<StockKey> allItems() {
    List<StockKey> items = new ArrayList<>();
    STORES.forEach(store -> SKUS.forEach(sku -> items.add(new StockKey(store, sku))));
    return items;
  }

  static List<ReservationKey> allReservations() {
    List<ReservationKey> keys = new ArrayList<>();
    STORES.forEach(store -> RESERVATIONS.forEach(id -> keys.add(new ReservationKey(store, id))));
    return keys;
  }
}
