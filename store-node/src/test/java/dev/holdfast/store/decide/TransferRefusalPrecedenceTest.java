package dev.holdfast.store.decide;

import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.Requests.reserve;
import static dev.holdfast.store.testing.TransferRequests.OTHER_PARTITION;
import static dev.holdfast.store.testing.TransferRequests.cancel;
import static dev.holdfast.store.testing.TransferRequests.credit;
import static dev.holdfast.store.testing.TransferRequests.handover;
import static dev.holdfast.store.testing.TransferRequests.receive;
import static dev.holdfast.store.testing.TransferRequests.received;
import static dev.holdfast.store.testing.TransferRequests.settle;
import static dev.holdfast.store.testing.TransferRequests.ship;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.testing.AnswerText;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link RefusalPrecedenceTest}, for transfers: existence, state, quantity. */
final class TransferRefusalPrecedenceTest {
  private static final long TOO_MANY = 1_000;
  private static final long MAX = StockLevel.QUANTITY_MAX;

  private final MemoryState state = new MemoryState();

  /**
   * In berlin: tea 6/4/3, cup 3/0/2, ice 5/0/2 and frozen; t1 of 4 tea and 2 cup, of which 1 tea is
   * arriving as number 1 and 1 is lost; t2 of nothing any more; t3 of which all is arriving.
   */
  @BeforeEach
  void stock() {
    take(createItem("berlin", "tea", 14));
    take(createItem("berlin", "cup", 6));
    take(createItem("berlin", "ice", 5));
    take(createItem("berlin", "full", MAX));
    take(reserve("berlin", "r1", line("tea", 4)));
    take(ship("berlin", "t1", "oslo", line("tea", 4), line("cup", 2)));
    take(receive("berlin", "t1", received("tea", 1, 1)));
    take(ship("berlin", "t2", "oslo", line("cup", 1)));
    take(cancel("berlin", "t2"));
    take(ship("berlin", "t3", "oslo", line("cup", 1)));
    take(receive("berlin", "t3"));
    freeze("ice");
  }

  private void freeze(String sku) {
    StockKey item = new StockKey("berlin", sku);
    StockLevel level = Objects.requireNonNull(state.stock(item));
    state.putStock(item, level, level.withTerms(0, StockLevel.State.FROZEN));
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        // the transfer, the destination, the items, their state, their quantity
        row(unknown(ship("berlin", "t1", "oslo", line("gone", TOO_MANY))), "TRANSFER_EXISTS t1"),
        row(unknown(ship("berlin", "t2", "oslo", line("gone", 1))), "TRANSFER_EXISTS t2"),
        row(
            unknown(ship("berlin", "t9", "oslo", line("gone", TOO_MANY))),
            "DESTINATION_NOT_FOUND t9"),
        row(
            ship("berlin", "t9", "oslo", line("ice", TOO_MANY), line("gone", 1)),
            "ITEM_NOT_FOUND gone"),
        row(ship("berlin", "t9", "oslo", line("tea", TOO_MANY), line("ice", 1)), "ITEM_FROZEN ice"),
        row(
            ship("berlin", "t9", "oslo", line("tea", 7)),
            "INSUFFICIENT_STOCK tea 7 of 6 of 10 held 4 safe 0"),
        row(ship("berlin", "t9", "oslo", line("tea", 6)), "ok tea=4/4/5 to oslo tea:6-0-0-0-0 v1"),
        // existence, state, quantity
        row(receive("berlin", "t9", received("gone", TOO_MANY, 0)), "TRANSFER_NOT_FOUND t9"),
        row(receive("oslo", "t1"), "TRANSFER_NOT_FOUND t1"),
        row(receive("berlin", "t2", received("gone", TOO_MANY, 0)), "TRANSFER_CLOSED t2"),
        row(receive("berlin", "t1", received("tea", 2, 1)), "NOT_OUTSTANDING tea 3 of 2"),
        row(receive("berlin", "t1", received("gone", 1, 0)), "NOT_OUTSTANDING gone 1 of 0"),
        row(receive("berlin", "t3"), "NOT_OUTSTANDING cup 1 of 0"),
        row(receive("berlin", "t1"), "ok to oslo tea:4-0-1-0-3 cup:2-0-0-0-2 v3 #3 tea*2 cup*2"),
        row(
            receive("berlin", "t1", received("cup", 0, 2)),
            "ok cup=3/0/6 to oslo tea:4-0-1-0-1 cup:2-0-2-0-0 v3"),
        row(cancel("berlin", "t9"), "TRANSFER_NOT_FOUND t9"),
        row(cancel("berlin", "t2"), "TRANSFER_CLOSED t2"),
        row(cancel("berlin", "t3"), "NOT_OUTSTANDING cup 1 of 0"),
        row(
            cancel("berlin", "t1"),
            "ok tea=12/4/5 cup=5/0/6 to oslo tea:4-0-1-2-1 cup:2-0-0-2-0 v3"),
        // between partitions: the number decides
        row(
            credit(2, handover("oslo", "t1", "berlin", line("tea", 1))),
            "HANDOVER_OUT_OF_ORDER t1"),
        row(credit(1, handover("oslo", "t1", "berlin", line("full", 1))), "credit refused"),
        row(
            credit(1, handover("oslo", "t1", "berlin", line("ice", 2), line("new", 3))),
            "credited ice=7/0/3/FROZEN new=3/0/1"),
        row(settle("berlin", "t3", 2, true), "HANDOVER_OUT_OF_ORDER t3"),
        row(
            settle("berlin", "t1", 1, true),
            "ok to oslo tea:4-1-1-0-0 cup:2-0-0-0-0 v3 settled #1 true"),
        row(
            settle("berlin", "t1", 1, false),
            "ok to oslo tea:4-0-1-0-0 cup:2-0-0-0-0 v3 settled #1 false"));
  }

  private static Arguments row(Command command, String answer) {
    return arguments(command, answer);
  }

  private static Command unknown(TransferCommand.ShipTransfer ship) {
    return new TransferCommand.ShipTransfer(
        ship.transfer(), ship.destination(), ship.destinationPartition(), false, ship.lines());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldTellTheFirstReason(Command command, String answer) {
    assertThat(take(command)).isEqualTo(answer);
  }

  @Test
  void shouldNotRecordTwiceWhatWasCreditedOnce() {
    Command first = credit(1, handover("oslo", "t1", "berlin", line("tea", 2)));
    take(first);
    long sequence = state.sequence();

    assertThat(take(first)).isEqualTo("credited");
    assertThat(state.sequence()).isEqualTo(sequence);
  }

  @Test
  void shouldStillSayThatACreditWasRefused() {
    Command refused = credit(1, handover("oslo", "t1", "berlin", line("full", 1)));
    take(refused);
    assertThat(take(refused)).isEqualTo("credit refused");
    take(credit(2, handover("oslo", "t2", "berlin", line("tea", 1))));

    assertThat(take(refused)).isEqualTo("credited"); // the source said that it knows
    assertThat(state.transfers().inbound(3).refused()).isEmpty();
  }

  @Test
  void shouldNameTheLineThatIsArriving() {
    take(ship("berlin", "t4", "oslo", line("tea", 1), line("cup", 1)));
    take(receive("berlin", "t4", received("tea", 1, 0)));
    take(settle("berlin", "t1", 1, true));
    take(settle("berlin", "t3", 2, true));
    take(settle("berlin", "t4", 3, true));
    take(receive("berlin", "t4"));

    assertThat(take(receive("berlin", "t4"))).isEqualTo("NOT_OUTSTANDING cup 1 of 0");
  }

  @Test
  void shouldCountTheUnitsThatTheDestinationTook() {
    take(settle("berlin", "t1", 1, true));
    assertThat(state.transfers().outbound(OTHER_PARTITION)).isEqualTo(new OutboundChannel(2, 1, 1));

    take(settle("berlin", "t3", 2, false));
    assertThat(state.transfers().outbound(OTHER_PARTITION)).isEqualTo(new OutboundChannel(2, 2, 1));
  }

  @Test
  void shouldCountUnitsThatArriveAgainstWhatIsNetShipped() {
    take(credit(1, handover("oslo", "t1", "berlin", line("tea", 2), line("new", 3))));

    assertThat(netShipped("new")).isEqualTo(-3);
    assertThat(netShipped("tea")).as("4 shipped, 1 lost, 2 arrived").isEqualTo(1);
  }

  @Test
  void shouldTakeUnitsUpToTheLargestQuantity() {
    state.putStock(new StockKey("berlin", "wide"), null, new StockLevel(MAX - 2, 0, 1));

    assertThat(take(credit(1, handover("oslo", "t1", "berlin", line("wide", 3)))))
        .isEqualTo("credit refused");
    assertThat(take(credit(2, handover("oslo", "t2", "berlin", line("wide", 2)))))
        .isEqualTo("credited wide=" + MAX + "/0/2");
  }

  @Test
  void shouldTakeLostUnitsOutOfTheBooksOfTheSource() {
    assertThat(netShipped("cup")).isEqualTo(3);

    take(receive("berlin", "t1", received("cup", 0, 2)));

    assertThat(netShipped("cup")).isEqualTo(1);
  }

  private long netShipped(String sku) {
    return Objects.requireNonNull(state.stock(new StockKey("berlin", sku))).netShipped();
  }

  @Test
  void shouldGiveBackLifeToADeletedItem() {
    StockKey item = new StockKey("berlin", "old");
    StockLevel deleted = new StockLevel(0, 0, 7, 2, 0, StockLevel.State.DELETED);
    state.putStock(item, null, deleted);

    take(credit(1, handover("oslo", "t1", "berlin", line("old", 3))));

    assertThat(state.stock(item))
        .isEqualTo(new StockLevel(3, 0, 8, -1, 0, StockLevel.State.ACTIVE));
  }

  @Test
  void shouldRememberClosedTransfersUntilTheirReceiptsAreForgotten() {
    long closedAt = Objects.requireNonNull(state.transfers().transfer(transfer("t2"))).closedAt();

    take(new Command.EvictReceipts(closedAt - 1));
    assertThat(take(cancel("berlin", "t2"))).isEqualTo("TRANSFER_CLOSED t2");

    take(new Command.EvictReceipts(closedAt));
    assertThat(take(cancel("berlin", "t2"))).isEqualTo("TRANSFER_NOT_FOUND t2");
    assertThat(state.transfers().transfer(transfer("t1"))).isNotNull();
  }

  private static TransferKey transfer(String id) {
    return new TransferKey("berlin", id);
  }

  @Test
  void shouldNameNothingChangedWhenRefused() {
    var before = List.of(state.allStock(), state.transfers().all());

    take(ship("berlin", "t9", "oslo", line("tea", 1), line("cup", TOO_MANY)));
    take(receive("berlin", "t1", received("tea", 1, 0), received("cup", TOO_MANY, 0)));

    assertThat(List.of(state.allStock(), state.transfers().all())).isEqualTo(before);
  }

  /** Decides, folds and tells in a few words. */
  private String take(Command command) {
    Moment moment = new Moment(1, state.sequence() + 1);
    Decision decision = Dispatcher.decide(Requests.of(command), state, moment);
    if (decision instanceof Decision.Decided decided) {
      state.apply(decided.event(), 1);
      boolean silent = !(decided.event().event() instanceof TransferEvent) && isSystem(command);
      return silent ? "" : AnswerText.of(decided.event().event());
    }
    if (decision instanceof Decision.Refused refused) {
      return AnswerText.of(refused.event().event());
    }
    return AnswerText.of(((Decision.Recalled) decision).event().event());
  }

  private static boolean isSystem(Command command) {
    return command instanceof Command.EvictReceipts;
  }
}
