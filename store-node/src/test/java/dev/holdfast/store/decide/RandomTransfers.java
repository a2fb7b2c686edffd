package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.TransferState;
import dev.holdfast.store.testing.TransferRequests;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** The steps of {@link RandomSteps} that are about transfers. */
final class RandomTransfers {
  private static final List<String> IDS = List.of("t1", "t2", "t3");

  private RandomTransfers() {}

  static List<TransferKey> allTransfers() {
    List<TransferKey> keys = new ArrayList<>();
    RandomSteps.STORES.forEach(store -> IDS.forEach(id -> keys.add(new TransferKey(store, id))));
    return keys;
  }

  static Arbitrary<Command> commands() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, ships()),
        Tuple.of(4, receipts()),
        Tuple.of(1, keys().map(TransferCommand.CancelTransfer::new)),
        Tuple.of(2, credits()),
        Tuple.of(4, settlements()));
  }

  private static Arbitrary<Command> ships() {
    return Combinators.combine(keys(), Arbitraries.integers().between(0, 19), moved())
        .as(
            (key, unknown, lines) ->
                new TransferCommand.ShipTransfer(
                    key, "oslo", TransferRequests.OTHER_PARTITION, unknown > 0, lines));
  }

  private static Arbitrary<Command> receipts() {
    Arbitrary<Long> units = Arbitraries.longs().between(0, 3);
    Arbitrary<List<TransferCommand.ReceivedLine>> lines =
        Combinators.combine(Arbitraries.of(RandomSteps.SKUS), units, units)
            .as(TransferCommand.ReceivedLine::new)
            .filter(line -> line.quantity() + line.lost() > 0)
            .list()
            .uniqueElements(TransferCommand.ReceivedLine::sku)
            .ofMaxSize(2);
    return Combinators.combine(keys(), lines).as(TransferCommand.ReceiveTransfer::new);
  }

  /** Its number stands for one as far from the next. */
  private static Arbitrary<Command> credits() {
    return Combinators.combine(keys(), distances(), Arbitraries.of(RandomSteps.STORES), moved())
        .as(
            (key, distance, destination, lines) ->
                new TransferCommand.CreditTransfer(
                    TransferRequests.OTHER_PARTITION,
                    distance,
                    0,
                    new Handover(key, destination, lines)));
  }

  private static Arbitrary<Command> settlements() {
    return Combinators.combine(keys(), distances(), Arbitraries.of(true, true, false))
        .as(
            (key, distance, credited) ->
                new TransferCommand.SettleHandover(
                    key, new HandoverKey(TransferRequests.OTHER_PARTITION, distance), credited));
  }

  private static Arbitrary<Long> distances() {
    return Arbitraries.frequency(Tuple.of(6, 0L), Tuple.of(1, -1L), Tuple.of(1, 1L));
  }

  static Command numbered(TransferCommand.CreditTransfer c, long taken) {
    long number = Math.max(1, taken + 1 + c.number());
    // What the source knows settled may lag behind, and never leads.
    return new TransferCommand.CreditTransfer(c.sourcePartition(), number, 0, c.handover());
  }

  static Command numbered(TransferCommand.SettleHandover c, long settled) {
    long number = Math.max(1, settled + 1 + c.handover().number());
    HandoverKey handover = new HandoverKey(c.handover().destinationPartition(), number);
    return new TransferCommand.SettleHandover(c.transfer(), handover, c.credited());
  }

  /** Whether no caller can ask for it, so that it never has a key. */
  static boolean isOfSystem(Command command) {
    return command instanceof TransferCommand.CreditTransfer
        || command instanceof TransferCommand.SettleHandover;
  }

  /** What the stores of this partition shipped, less what they received, by all that is told. */
  static long unitsOnTheWay(TransferState state) {
    long inTransit = 0;
    for (TransferKey key : allTransfers()) {
      Transfer transfer = state.transfer(key);
      inTransit += transfer == null ? 0 : transfer.inTransit();
    }
    int other = TransferRequests.OTHER_PARTITION;
    return inTransit + state.outbound(other).receivedUnits() - state.inbound(other).creditedUnits();
  }

  private static Arbitrary<List<MovedLine>> moved() {
    Arbitrary<Long> quantities =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.longs().between(1, 5)),
            Tuple.of(1, Arbitraries.of(9L, StockLevel.QUANTITY_MAX)));
    return Combinators.combine(Arbitraries.of(RandomSteps.SKUS), quantities)
        .as(MovedLine::new)
        .list()
        .uniqueElements(MovedLine::sku)
        .ofMinSize(1)
        .ofMaxSize(2);
  }

  private static Arbitrary<TransferKey> keys() {
    return Combinators.combine(Arbitraries.of(RandomSteps.STORES), Arbitraries.of(IDS))
        .as(TransferKey::new);
  }
}
