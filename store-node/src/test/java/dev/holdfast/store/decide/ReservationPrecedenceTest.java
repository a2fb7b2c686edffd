package dev.holdfast.store.decide;

import static dev.holdfast.store.testing.Requests.adjust;
import static dev.holdfast.store.testing.Requests.confirm;
import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.expire;
import static dev.holdfast.store.testing.Requests.extend;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.Requests.release;
import static dev.holdfast.store.testing.Requests.replace;
import static dev.holdfast.store.testing.Requests.reserve;
import static dev.holdfast.store.testing.Requests.reserveUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReserveMode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.state.Moment;
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
 * Commands about reservations that could be refused for several reasons, and the one that is told:
 * existence, state (closed, expired, frozen), version, quantity.
 */
final class ReservationPrecedenceTest {
  private static final long WRONG = 99;
  private static final long TOO_MANY = 1_000;
  private static final long HOUR = Requests.TERMS.ttlMillis();
  private static final long DAY = Requests.TERMS.lifeMillisMax();
  private static final long START = Requests.MOMENT.timeMillis();

  private final MemoryState state = new MemoryState();
  private long now = START;

  /**
   * In berlin: tea 10/4/8, cup 5/1/2, ice 7/2/3 and frozen, pot 9/0/2 of which 6 are safety stock,
   * none is empty, old is deleted. Reservation r1 of 4 tea and 1 cup, cold of 2 ice; done is
   * confirmed, back is released, gone is expired.
   */
  @BeforeEach
  void stock() {
    take(createItem("berlin", "tea", 12));
    take(createItem("berlin", "cup", 5));
    take(createItem("berlin", "ice", 7));
    take(reserve("berlin", "gone", line("tea", 1)));
    now += HOUR;
    take(expire("berlin", "gone"));
    take(reserve("berlin", "done", line("tea", 2)));
    take(confirm("berlin", "done"));
    take(reserve("berlin", "back", line("tea", 1)));
    take(release("berlin", "back"));
    take(reserve("berlin", "r1", line("tea", 4), line("cup", 1)));
    take(reserve("berlin", "cold", line("ice", 2)));
    put("ice", new StockLevel(7, 2, 3, 0, 0, StockLevel.State.FROZEN));
    put("pot", new StockLevel(9, 0, 2, 0, 6, StockLevel.State.ACTIVE));
    put("none", new StockLevel(0, 0, 1));
    put("old", new StockLevel(0, 0, 5, 0, 0, StockLevel.State.DELETED));
  }

  private void put(String sku, StockLevel level) {
    state.putStock(new StockKey("berlin", sku), null, level);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        // an id is taken while it is open and while it is remembered
        row(reserve("berlin", "r1", line("old", 1)), "RESERVATION_EXISTS r1 OPEN"),
        row(reserve("berlin", "done", line("old", 1)), "RESERVATION_EXISTS done CONFIRMED"),
        row(reserve("berlin", "back", line("old", 1)), "RESERVATION_EXISTS back RELEASED"),
        row(reserve("berlin", "gone", line("old", 1)), "RESERVATION_EXISTS gone EXPIRED"),
        // a deleted item is none; frozen before version before stock
        row(reserve("berlin", "r2", line("ice", 1), line("old", 1)), "ITEM_NOT_FOUND old"),
        row(reserve("berlin", "r2", line("tea", 1, WRONG), line("ice", 1)), "ITEM_FROZEN ice"),
        row(reserve("berlin", "r2", line("ice", TOO_MANY, WRONG)), "ITEM_FROZEN ice"),
        row(
            reserve("berlin", "r2", line("pot", 4)),
            "INSUFFICIENT_STOCK pot 4 of 3 of 9 held 0 safe 6"),
        row(reserve("berlin", "r2", line("pot", 3)), "ok pot=9/3/3/safe6"),
        row(adjust("berlin", "pot", -9), "ok pot=0/0/3/safe6"),
        // up to what there is
        row(reserveUpTo("berlin", "r2", line("pot", 4)), "ok pot=9/3/3/safe6 short pot 3/4"),
        row(
            reserveUpTo("berlin", "r2", line("tea", 7), line("cup", 4)),
            "ok tea=10/10/9 cup=5/5/3 short tea 6/7"),
        row(reserveUpTo("berlin", "r2", line("cup", 1, WRONG)), "VERSION_CONFLICT cup 99 is 2"),
        // what is not there, what is closed, what is over
        row(confirm("berlin", "r9"), "RESERVATION_NOT_FOUND r9"),
        row(confirm("berlin", "done"), "RESERVATION_CLOSED done CONFIRMED"),
        row(confirm("berlin", "back"), "RESERVATION_CLOSED back RELEASED"),
        row(confirm("berlin", "gone"), "RESERVATION_EXPIRED gone"),
        row(release("berlin", "back"), "RESERVATION_CLOSED back RELEASED"),
        row(release("berlin", "gone"), "RESERVATION_EXPIRED gone"),
        row(extend("berlin", "r9", 1), "RESERVATION_NOT_FOUND r9"),
        row(extend("berlin", "done", DAY * 2), "RESERVATION_CLOSED done CONFIRMED"),
        row(extend("berlin", "gone", 1), "RESERVATION_EXPIRED gone"),
        row(replace("berlin", "r9", line("old", 1)), "RESERVATION_NOT_FOUND r9"),
        row(replace("berlin", "done", line("old", 1)), "RESERVATION_CLOSED done CONFIRMED"),
        // frozen before version before quantity; giving back is always possible
        row(confirmAt("cold", WRONG, new HeldLine("ice", TOO_MANY)), "ITEM_FROZEN ice"),
        row(confirmAt("r1", WRONG, new HeldLine("tea", TOO_MANY)), "VERSION_CONFLICT r1 99 is 1"),
        row(confirmAt("r1", 1, new HeldLine("tea", TOO_MANY)), "NOT_HELD tea 1000 of 4"),
        row(confirmAt("r1", 1, new HeldLine("pot", 1)), "NOT_HELD pot 1 of 0"),
        row(release("berlin", "cold"), "ok ice=7/0/4/FROZEN"),
        row(releaseAt("r1", WRONG, new HeldLine("pot", 1)), "VERSION_CONFLICT r1 99 is 1"),
        row(release("berlin", "r1", new HeldLine("cup", 2)), "NOT_HELD cup 2 of 1"),
        // in part: the rest is given back or kept
        row(confirm("berlin", "r1", false, new HeldLine("tea", 3)), "ok tea=7/0/9 cup=5/0/3"),
        row(confirm("berlin", "r1", true, new HeldLine("tea", 3)), "ok tea=7/1/9 v2"),
        row(release("berlin", "r1", new HeldLine("tea", 4)), "ok tea=10/0/9 v2"),
        row(
            release("berlin", "r1", new HeldLine("tea", 4), new HeldLine("cup", 1)),
            "ok tea=10/0/9 cup=5/0/3"),
        // no longer than its life; never sooner
        row(extendAt("r1", DAY + 1, WRONG), "VERSION_CONFLICT r1 99 is 1"),
        row(extend("berlin", "r1", DAY + 1), "LIFETIME_LIMIT r1 " + (START + HOUR + DAY)),
        row(extend("berlin", "r1", DAY), "ok v2"),
        row(extend("berlin", "r1", 1), "ok v2"),
        // other lines: what it holds itself is free for it
        row(replaceAt("r1", WRONG, line("tea", 1, WRONG)), "VERSION_CONFLICT r1 99 is 1"),
        row(
            replace("berlin", "r1", line("tea", 11)),
            "INSUFFICIENT_STOCK tea 11 of 10 of 10 held 0 safe 0"),
        row(replace("berlin", "r1", line("tea", 10)), "ok tea=10/10/9 cup=5/0/3 v2"),
        row(replace("berlin", "r1", line("cup", 1)), "ok tea=10/0/9 v2"),
        row(replace("berlin", "r1", line("cup", 1), line("tea", 4)), "ok v2"),
        row(replace("berlin", "r1", line("ice", 1)), "ITEM_FROZEN ice"),
        row(replace("berlin", "cold", line("ice", 3)), "ITEM_FROZEN ice"),
        row(replace("berlin", "cold", line("ice", 2)), "ok v2"),
        row(replace("berlin", "cold", line("ice", 1)), "ok ice=7/1/4/FROZEN v2"));
  }

  private static Arguments row(Command command, String answer) {
    return arguments(command, answer);
  }

  private static Command confirmAt(String id, long version, HeldLine line) {
    return new Command.ConfirmReservation(key(id), List.of(line), true, version);
  }

  private static Command releaseAt(String id, long version, HeldLine line) {
    return new Command.ReleaseReservation(key(id), List.of(line), version);
  }

  private static Command extendAt(String id, long ttl, long version) {
    return new Command.ExtendReservation(key(id), ttl, version);
  }

  private static Command replaceAt(String id, long version, Command.ReserveLine line) {
    return new Command.ReplaceReservation(
        key(id), List.of(line), ReserveMode.ALL_OR_NOTHING, version);
  }

  private static ReservationKey key(String id) {
    return new ReservationKey("berlin", id);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldTellTheFirstReason(Command command, String answer) {
    assertThat(take(command)).isEqualTo(answer);
  }

  /** Callers cannot tell a reservation that is due from one that the timer has closed. */
  @ParameterizedTest
  @MethodSource("aboutR1")
  void shouldBeExpiredFromTheMillisecondOnBeforeAndAfterTheTimer(Command command) {
    now = START + HOUR + HOUR;

    assertThat(take(command)).isEqualTo("RESERVATION_EXPIRED r1");
    assertThat(take(reserve("berlin", "r1", line("tea", 1))))
        .isEqualTo("RESERVATION_EXISTS r1 EXPIRED");
    assertThat(take(expire("berlin", "r1"))).isEqualTo("ok tea=10/0/9 cup=5/0/3");
    assertThat(take(command)).isEqualTo("RESERVATION_EXPIRED r1");
  }

  static Stream<Command> aboutR1() {
    return Stream.of(
        confirm("berlin", "r1"),
        confirm("berlin", "r1", true, new HeldLine("tea", 1)),
        release("berlin", "r1"),
        release("berlin", "r1", new HeldLine("tea", 1)),
        extend("berlin", "r1", 1),
        replace("berlin", "r1", line("tea", 1)));
  }

  @Test
  void shouldNotExpireAMillisecondEarly() {
    now = START + HOUR + HOUR - 1;
    long sequence = state.sequence();

    assertThat(take(expire("berlin", "r1"))).isEqualTo("NOT_DUE r1");
    assertThat(state.sequence()).as("it is not recorded").isEqualTo(sequence);
    assertThat(take(confirm("berlin", "r1"))).isEqualTo("ok tea=6/0/9 cup=4/0/3");
    now++;
    assertThat(take(expire("berlin", "r1"))).isEqualTo("NOT_DUE r1");
    assertThat(take(expire("berlin", "r9"))).isEqualTo("NOT_DUE r9");
  }

  @Test
  void shouldReserveUpToWhatThereIsButNotNothing() {
    assertThat(take(reserveUpTo("berlin", "r2", line("none", 2))))
        .isEqualTo("INSUFFICIENT_STOCK none 2 of 0 of 0 held 0 safe 0");
    assertThat(take(reserveUpTo("berlin", "r2", line("none", 2), line("cup", 5))))
        .isEqualTo("ok cup=5/5/3 short none 0/2 short cup 4/5");
  }

  @Test
  void shouldNotExpireSoonerForBeingExtendedByLess() {
    take(extend("berlin", "r1", 1));
    now = START + HOUR + HOUR - 1;

    assertThat(take(confirm("berlin", "r1"))).isEqualTo("ok tea=6/0/9 cup=4/0/3");
  }

  @Test
  void shouldConfirmInSeveralStepsUntilNothingIsHeld() {
    assertThat(take(confirm("berlin", "r1", true, new HeldLine("tea", 1)))).endsWith("v2");
    assertThat(take(confirm("berlin", "r1", true, new HeldLine("cup", 1)))).endsWith("v3");
    assertThat(take(confirm("berlin", "r1", true, new HeldLine("tea", 3))))
        .isEqualTo("ok tea=6/0/10");
    assertThat(take(confirm("berlin", "r1"))).isEqualTo("RESERVATION_CLOSED r1 CONFIRMED");
  }

  @Test
  void shouldKeepWhatItHoldsThoughTheSafetyStockWasRaised() {
    put("tea", new StockLevel(10, 4, 8, 0, 9, StockLevel.State.ACTIVE));

    assertThat(take(replace("berlin", "r1", line("tea", 4), line("cup", 1)))).isEqualTo("ok v2");
    assertThat(take(replace("berlin", "r1", line("tea", 5))))
        .isEqualTo("INSUFFICIENT_STOCK tea 5 of 4 of 10 held 0 safe 9");
  }

  @Test
  void shouldSellWhatIsNotFrozenOfAReservation() {
    put("cup", new StockLevel(5, 1, 3, 0, 0, StockLevel.State.FROZEN));

    assertThat(take(confirm("berlin", "r1"))).isEqualTo("ITEM_FROZEN cup");
    assertThat(take(confirm("berlin", "r1", true, new HeldLine("tea", 4))))
        .isEqualTo("ok tea=6/0/9 v2");
  }

  @Test
  void shouldNotHoldALineOfWhichNothingIsFree() {
    Command upTo =
        new Command.ReplaceReservation(
            key("r1"), List.of(line("cup", 1), line("none", 2)), ReserveMode.UP_TO, 0);

    assertThat(take(upTo)).isEqualTo("ok tea=10/0/9 short none 0/2 v2");
    assertThat(state.reservation(key("r1")))
        .isInstanceOfSatisfying(
            Reservation.Open.class,
            open -> assertThat(open.lines()).containsExactly(new HeldLine("cup", 1)));
  }

  /** Decides, folds and tells in a few words. */
  private String take(Command command) {
    Moment moment = new Moment(now, state.sequence() + 1);
    Decision decision = Dispatcher.decide(Requests.of(command), state, moment);
    if (decision instanceof Decision.Decided decided) {
      state.apply(decided.event(), now);
      return AnswerText.of(decided.event().event());
    }
    return AnswerText.of(((Decision.Refused) decision).event().event());
  }
}
