package dev.holdfast.store.decide;

import static dev.holdfast.store.testing.Requests.adjust;
import static dev.holdfast.store.testing.Requests.confirm;
import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.Requests.release;
import static dev.holdfast.store.testing.Requests.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.testing.AnswerText;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands that could be refused for several reasons, and the one that is told: idempotency key,
 * existence, version, stock. The order is part of the contract.
 */
final class RefusalPrecedenceTest {
  private static final long WRONG = 99;
  private static final long TOO_MANY = 1_000;
  private static final long MAX = StockLevel.QUANTITY_MAX;

  private final MemoryState state = new MemoryState();

  /** In berlin: tea 10/4/2, cup 5/1/2, full MAX/0/1, and reservation r1 of 4 tea and 1 cup. */
  @BeforeEach
  void stock() {
    take(Requests.of(createItem("berlin", "tea", 10)));
    take(Requests.of(createItem("berlin", "cup", 5)));
    take(Requests.of(createItem("berlin", "full", MAX)));
    take(Requests.of(reserve("berlin", "r1", line("tea", 4), line("cup", 1))));
  }

  private static Command sold(String sku, long quantity) {
    return new Command.AdjustStock(
        new StockKey("berlin", sku), -quantity, AdjustmentReason.SALE, Command.ANY_VERSION, true);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        // existence before version before stock
        row(adjust("berlin", "gone", -TOO_MANY, WRONG), "ITEM_NOT_FOUND gone"),
        row(adjust("paris", "tea", -TOO_MANY, WRONG), "ITEM_NOT_FOUND tea"),
        row(adjust("berlin", "tea", -TOO_MANY, WRONG), "VERSION_CONFLICT tea 99 is 2"),
        row(adjust("berlin", "tea", -1, 1), "VERSION_CONFLICT tea 1 is 2"),
        row(adjust("berlin", "full", 1, WRONG), "VERSION_CONFLICT full 99 is 1"),
        row(
            adjust("berlin", "tea", -TOO_MANY, 2),
            "INSUFFICIENT_STOCK tea 1000 of 6 of 10 held 4 safe 0"),
        row(adjust("berlin", "full", 1, 1), "QUANTITY_LIMIT full 1 of " + MAX),
        row(createItem("berlin", "tea", MAX), "ITEM_EXISTS tea"),
        // what is reserved cannot be taken, what is available can
        row(adjust("berlin", "tea", -7), "INSUFFICIENT_STOCK tea 7 of 6 of 10 held 4 safe 0"),
        row(adjust("berlin", "tea", -6), "ok tea=4/4/3"),
        row(adjust("berlin", "full", -MAX), "ok full=0/0/2"),
        row(adjust("berlin", "tea", MAX - 10), "ok tea=" + MAX + "/4/3"),
        row(adjust("berlin", "tea", MAX - 9), "QUANTITY_LIMIT tea " + (MAX - 9) + " of 6"),
        row(adjust("berlin", "tea", MAX), "QUANTITY_LIMIT tea " + MAX + " of 6"),
        row(
            adjust("berlin", "tea", -MAX),
            "INSUFFICIENT_STOCK tea " + MAX + " of 6 of 10 held 4 safe 0"),
        // what has happened already takes what is free, and tells the rest
        row(sold("gone", 1), "ITEM_NOT_FOUND gone"),
        row(sold("tea", 6), "ok tea=4/4/3"),
        row(sold("tea", 7), "ok tea=4/4/3 short 1"),
        row(sold("tea", MAX), "ok tea=4/4/3 short " + (MAX - 6)),
        // a reservation that is there, then its items, then their versions, then their stock
        row(reserve("berlin", "r1", line("gone", TOO_MANY, WRONG)), "RESERVATION_EXISTS r1 OPEN"),
        row(
            reserve("berlin", "r2", line("tea", TOO_MANY, WRONG), line("gone", 1)),
            "ITEM_NOT_FOUND gone"),
        row(
            reserve("berlin", "r2", line("tea", TOO_MANY), line("cup", TOO_MANY, WRONG)),
            "VERSION_CONFLICT cup 99 is 2"),
        row(
            reserve("berlin", "r2", line("tea", 1, WRONG), line("cup", 1, WRONG)),
            "VERSION_CONFLICT tea 99 is 2"),
        row(
            reserve("berlin", "r2", line("tea", 1, 2), line("cup", TOO_MANY, 2)),
            "INSUFFICIENT_STOCK cup 1000 of 4 of 5 held 1 safe 0"),
        row(
            reserve("berlin", "r2", line("cup", 5), line("tea", 7)),
            "INSUFFICIENT_STOCK cup 5 of 4 of 5 held 1 safe 0"),
        row(reserve("berlin", "r2", line("cup", 4), line("tea", 6)), "ok cup=5/5/3 tea=10/10/3"),
        // the same id in another store is another reservation
        row(reserve("paris", "r1", line("tea", 1)), "ITEM_NOT_FOUND tea"),
        row(confirm("paris", "r1"), "RESERVATION_NOT_FOUND r1"),
        row(release("berlin", "r2"), "RESERVATION_NOT_FOUND r2"),
        // lines close in their order
        row(confirm("berlin", "r1"), "ok tea=6/0/3 cup=4/0/3"),
        row(release("berlin", "r1"), "ok tea=10/0/3 cup=5/0/3"));
  }

  private static Arguments row(Command command, String answer) {
    return arguments(command, answer);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldTellTheFirstReason(Command command, String answer) {
    assertThat(take(Requests.of(command))).isEqualTo(answer);
  }

  @Test
  void shouldAnswerARepeatedCommandThoughItsVersionIsGone() {
    CommandRequest request = Requests.of(adjust("berlin", "tea", -1, 2), "key-1");

    assertThat(take(request)).isEqualTo("ok tea=9/4/3");
    assertThat(take(request)).isEqualTo("repeated 5");
    take(Requests.of(adjust("berlin", "tea", 5)));
    assertThat(take(request)).isEqualTo("repeated 5");
  }

  @Test
  void shouldAnswerARepeatedRejectionThoughItWouldBeAcceptedNow() {
    CommandRequest request = Requests.of(createItem("berlin", "tea", 1), "key-1");
    take(request);

    assertThat(take(request)).isEqualTo("repeated 5");
  }

  @Test
  void shouldRefuseAKeyOfAnotherPayloadBeforeEverythingElse() {
    take(Requests.of(adjust("berlin", "tea", -1), "key-1"));

    assertThat(take(Requests.of(adjust("berlin", "gone", -TOO_MANY, WRONG), "key-1")))
        .isEqualTo("key reused");
    assertThat(take(Requests.of(confirm("berlin", "r9"), "key-1"))).isEqualTo("key reused");
  }

  @Test
  void shouldKeepTheKeysOfCallersApart() {
    take(Requests.of(adjust("berlin", "tea", -1), "key-1"));

    Origin bob = new Origin("request-2", "bob");
    assertThat(take(Requests.of(adjust("berlin", "tea", -1), "key-1", bob)))
        .isEqualTo("ok tea=8/4/4");
  }

  @Test
  void shouldNotRememberCommandsWithoutAKey() {
    assertThat(take(Requests.of(adjust("berlin", "tea", -1)))).isEqualTo("ok tea=9/4/3");
    assertThat(take(Requests.of(adjust("berlin", "tea", -1)))).isEqualTo("ok tea=8/4/4");
  }

  /** Decides, folds and tells in a few words. */
  private String take(CommandRequest request) {
    Decision decision = Dispatcher.decide(request, state, Requests.MOMENT);
    if (decision instanceof Decision.Repeated repeated) {
      return "repeated " + repeated.sequence();
    }
    if (decision instanceof Decision.Decided decided) {
      state.apply(decided.event(), 1);
      return AnswerText.of(decided.event().event());
    }
    if (decision instanceof Decision.Refused refused) {
      return "for now " + AnswerText.of(refused.event().event());
    }
    return "key reused";
  }

  @Test
  void shouldNotChangeAnythingWhenRefused() {
    var before = List.of(state.allStock(), state.allReservations());

    take(Requests.of(adjust("berlin", "tea", -TOO_MANY)));
    take(Requests.of(reserve("berlin", "r2", line("tea", 1), line("cup", TOO_MANY))));

    assertThat(List.of(state.allStock(), state.allReservations())).isEqualTo(before);
  }
}
