package dev.holdfast.store.decide;

import static dev.holdfast.store.testing.Requests.adjust;
import static dev.holdfast.store.testing.Requests.confirm;
import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.Requests.release;
import static dev.holdfast.store.testing.Requests.replace;
import static dev.holdfast.store.testing.Requests.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.common.domain.BookLevel;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LeaseCommand.AcquireLease;
import dev.holdfast.common.domain.LeaseCommand.ReleaseLease;
import dev.holdfast.common.domain.LeaseCommand.RenewLease;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TermsCommand.DeleteItem;
import dev.holdfast.common.domain.TermsCommand.SetItemFrozen;
import dev.holdfast.common.domain.TermsCommand.SetSafetyStock;
import dev.holdfast.common.domain.TermsCommand.SetStoreFrozen;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.testing.AnswerText;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order of refusals for terms, counts, orders and leases: idempotency key, lease, frozen store,
 * existence, frozen item, version, quantity.
 */
final class TermsPrecedenceTest {
  private static final long WRONG = 99;
  private static final long NOW = 1_700_000_000_000L;
  private static final long STALE = 5_000;
  private static final long MAX = StockLevel.QUANTITY_MAX;

  private final MemoryState state = new MemoryState();
  private long now = NOW;

  /**
   * In berlin: tea 10/4/2 with reservation r1 of 4, ice 3/0/2 and frozen, none 0/0/1, gone deleted
   * at 2, mine 5/0/1 leased to till 1. The store paris is frozen and has tea 5/0/1.
   */
  @BeforeEach
  void stock() {
    take(createItem("berlin", "tea", 10));
    take(createItem("berlin", "ice", 3));
    take(createItem("berlin", "none", 0));
    take(createItem("berlin", "gone", 0));
    take(createItem("berlin", "mine", 5));
    take(createItem("paris", "tea", 5));
    take(reserve("berlin", "r1", line("tea", 4)));
    take(new SetItemFrozen(item("ice"), true, 0));
    take(new DeleteItem(item("gone"), 0));
    take(new AcquireLease(item("mine"), "till 1", 2_000, 10));
    take(new SetStoreFrozen("paris", true));
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        // lease before frozen store, existence, version, quantity
        row(adjust("berlin", "mine", -99, WRONG), "for now LOCKED mine"),
        row(new DeleteItem(item("mine"), WRONG), "for now LOCKED mine"),
        row(createItem("berlin", "mine", 1), "for now LOCKED mine"),
        row(replace("berlin", "r1", line("absent", 1), line("mine", 1)), "for now LOCKED mine"),
        row(reserve("berlin", "r2", line("absent", 1), line("mine", 99)), "for now LOCKED mine"),
        row(
            order(adjust("berlin", "absent", 1), adjust("berlin", "mine", 1)),
            "for now LOCKED mine"),
        // a frozen store before existence
        row(adjust("paris", "absent", -99, WRONG), "STORE_FROZEN"),
        row(reserve("paris", "r1", line("absent", 1)), "STORE_FROZEN"),
        row(confirm("paris", "r9"), "STORE_FROZEN"),
        row(createItem("paris", "tea", 1), "STORE_FROZEN"),
        row(new DeleteItem(new StockKey("paris", "absent"), 0), "STORE_FROZEN"),
        row(new SubmitOrder("paris", List.of(adjust("paris", "tea", 1))), "step 1 STORE_FROZEN"),
        row(release("paris", "r9"), "RESERVATION_NOT_FOUND r9"),
        row(count(new StockKey("paris", "tea"), 7, 0, null), "ok tea=7/0/2 by 2"),
        row(new SetSafetyStock(new StockKey("paris", "tea"), 1, 0), "ok tea=5/0/2/safe1"),
        // existence: a deleted item is not there
        row(adjust("berlin", "gone", 1, WRONG), "ITEM_NOT_FOUND gone"),
        row(reserve("berlin", "r2", line("gone", 1)), "ITEM_NOT_FOUND gone"),
        row(new SetSafetyStock(item("gone"), 1, WRONG), "ITEM_NOT_FOUND gone"),
        row(new SetItemFrozen(item("absent"), true, WRONG), "ITEM_NOT_FOUND absent"),
        row(new DeleteItem(item("gone"), WRONG), "ITEM_NOT_FOUND gone"),
        row(count(item("gone"), 1, WRONG, null), "ITEM_NOT_FOUND gone"),
        row(createItem("berlin", "gone", 7), "ok gone=7/0/3"),
        // a frozen item before version and quantity
        row(adjust("berlin", "ice", -99, WRONG), "ITEM_FROZEN ice"),
        row(reserve("berlin", "r2", line("ice", 99, WRONG)), "ITEM_FROZEN ice"),
        row(new DeleteItem(item("ice"), WRONG), "ITEM_FROZEN ice"),
        row(count(item("ice"), 2, 0, null), "ok ice=2/0/3/FROZEN by -1"),
        // version before quantity
        row(new DeleteItem(item("tea"), WRONG), "VERSION_CONFLICT tea 99 is 2"),
        row(new SetSafetyStock(item("tea"), 1, WRONG), "VERSION_CONFLICT tea 99 is 2"),
        row(new SetItemFrozen(item("ice"), true, WRONG), "VERSION_CONFLICT ice 99 is 2"),
        row(count(item("tea"), 0, WRONG, new BookLevel(1, WRONG)), "VERSION_CONFLICT tea 99 is 2"),
        row(count(item("tea"), 0, 0, new BookLevel(1, WRONG)), "for now COUNT_OVERTAKEN tea"),
        row(new CountStock(item("tea"), 5, 0, 1_000, null), "for now COUNT_OVERTAKEN tea"),
        // quantity
        row(new DeleteItem(item("tea"), 2), "NOT_EMPTY tea 10/4"),
        row(count(item("tea"), 3, 2, null), "COUNT_BELOW_RESERVED tea 3/4"),
        row(
            count(item("tea"), MAX, 0, new BookLevel(9, 0)),
            "QUANTITY_LIMIT tea " + (MAX - 9) + " of 6"),
        row(count(item("tea"), 12, 0, new BookLevel(13, 0)), "ok tea=9/4/3 by -1"),
        row(count(item("tea"), 4, 0, null), "ok tea=4/4/3 by -6"),
        row(count(item("tea"), MAX, 0, null), "ok tea=" + MAX + "/4/3 by " + (MAX - 10)),
        row(new DeleteItem(item("none"), 1), "ok none=0/0/2/DELETED"),
        // what is so already stays as it is
        row(new SetItemFrozen(item("ice"), true, 2), "ok ice=3/0/2/FROZEN"),
        row(new SetSafetyStock(item("tea"), 0, 2), "ok tea=10/4/2"),
        row(new SetStoreFrozen("paris", true), "ok frozen"),
        // safety stock keeps reservations off, and nothing else
        row(new SetSafetyStock(item("tea"), MAX, 2), "ok tea=10/4/3/safe" + MAX),
        // leases
        row(new AcquireLease(item("mine"), "till 2", 2_000, 10), "for now LOCKED mine"),
        row(new AcquireLease(item("mine"), "till 1", 1, 10), "kept till 1 until " + (NOW + 2_000)),
        row(
            new AcquireLease(item("mine"), "till 1", 9_000, 1),
            "kept till 1 until " + (NOW + 9_000)),
        row(new AcquireLease(item("tea"), "till 2", 9, 1), "for now TOO_MANY_LEASES tea"),
        row(new AcquireLease(item("absent"), "till 2", 9, 2), "granted till 2 until " + (NOW + 9)),
        row(new RenewLease(item("mine"), STALE, 9), "for now STALE_TOKEN"),
        row(new RenewLease(item("tea"), STALE, 9), "for now STALE_TOKEN"),
        row(new ReleaseLease(item("mine"), STALE), "for now STALE_TOKEN"));
  }

  private static Arguments row(Command command, String answer) {
    return arguments(command, answer);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldTellTheFirstReason(Command command, String answer) {
    assertThat(take(command)).isEqualTo(answer);
  }

  @Test
  void shouldKeepSafetyStockFromReservationsOnly() {
    take(new SetSafetyStock(item("tea"), 5, 0));

    assertThat(take(reserve("berlin", "r2", line("tea", 2))))
        .startsWith("INSUFFICIENT_STOCK tea 2 of 1");
    assertThat(take(reserve("berlin", "r2", line("tea", 1)))).isEqualTo("ok tea=10/5/4/safe5");
    assertThat(take(adjust("berlin", "tea", -5))).isEqualTo("ok tea=5/5/5/safe5");
  }

  @Test
  void shouldDecideTheOperationsOfAnOrderOneAfterTheOther() {
    assertThat(take(order(adjust("berlin", "tea", -4), adjust("berlin", "tea", -4))))
        .startsWith("step 2 INSUFFICIENT_STOCK tea 4 of 2");
    assertThat(
            take(
                order(
                    adjust("berlin", "tea", -4),
                    adjust("berlin", "tea", 1, 3),
                    reserve("berlin", "r2", line("tea", 3)),
                    confirm("berlin", "r2"),
                    release("berlin", "r1"))))
        .isEqualTo("ok tea=6/4/3; ok tea=7/4/4; ok tea=7/7/5; ok tea=4/4/6; ok tea=4/0/7");
    assertThat(state.reservation(reserve("berlin", "r2").reservation()))
        .isEqualTo(new Reservation.Closed(Reservation.State.CONFIRMED));
  }

  @Test
  void shouldChangeNothingWhenAnOperationFails() {
    var before = List.of(state.allStock(), state.allReservations());

    take(order(adjust("berlin", "tea", -4), confirm("berlin", "r1"), confirm("berlin", "r9")));

    assertThat(List.of(state.allStock(), state.allReservations())).isEqualTo(before);
  }

  @Test
  void shouldBoundWhatAnOrderChanges() {
    List<Command.Mutation> reservations = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      reservations.add(wide("r-" + i));
    }
    wideItems();

    assertThat(take(new SubmitOrder("berlin", reservations)))
        .isEqualTo("step 11 ORDER_TOO_LARGE 10000");
    assertThat(take(new SubmitOrder("berlin", reservations.subList(0, 10)))).startsWith("ok");
  }

  private void wideItems() {
    for (int i = 0; i < 1_000; i++) {
      take(createItem("berlin", "sku-" + i, 100));
    }
  }

  private static Command.Mutation wide(String id) {
    Command.ReserveLine[] lines = new Command.ReserveLine[1_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line("sku-" + i, 1);
    }
    return reserve("berlin", id, lines);
  }

  @Test
  void shouldLetTheTokenThroughAndNoOther() {
    long token = token();

    assertThat(take(adjust("berlin", "mine", -1), token)).isEqualTo("ok mine=4/0/2");
    assertThat(take(adjust("berlin", "mine", -1), token, STALE)).isEqualTo("for now STALE_TOKEN");
    assertThat(take(adjust("berlin", "mine", -1), STALE)).isEqualTo("for now STALE_TOKEN");
    assertThat(take(adjust("berlin", "tea", -1), token)).isEqualTo("for now STALE_TOKEN");
    assertThat(take(reserve("berlin", "r2", line("tea", 1), line("mine", 1)), token))
        .isEqualTo("ok tea=10/5/3 mine=4/1/3");
    assertThat(take(confirm("berlin", "r2"))).isEqualTo("for now LOCKED mine");
    assertThat(take(confirm("berlin", "r2"), token)).isEqualTo("ok tea=9/4/4 mine=3/0/4");
  }

  @Test
  void shouldWantTheTokenOfEachLeasedItem() {
    take(new AcquireLease(item("tea"), "till 2", 2_000, 10));
    Command both = reserve("berlin", "r2", line("tea", 1), line("mine", 1));

    assertThat(take(both, token("mine"))).isEqualTo("for now LOCKED tea");
    assertThat(take(both, token("tea"))).isEqualTo("for now LOCKED mine");
    assertThat(take(both, token("mine"), token("tea"))).isEqualTo("ok tea=10/5/3 mine=5/1/2");
  }

  /** An item that a reservation holds already is one that a replacement may give back. */
  @Test
  void shouldWantTheTokenOfAnItemThatAReplacementLetsGo() {
    take(new AcquireLease(item("tea"), "till 2", 2_000, 10));
    Command other = replace("berlin", "r1", line("mine", 1));

    assertThat(take(other, token("mine"))).isEqualTo("for now LOCKED tea");
    assertThat(take(other, token("mine"), token("tea"))).isEqualTo("ok mine=5/1/2 tea=10/0/3 v2");
  }

  @Test
  void shouldKeepALeaseForLongerButNeverForShorter() {
    assertThat(take(new RenewLease(item("mine"), token(), 9_000)))
        .isEqualTo("kept till 1 until " + (NOW + 9_000));
    assertThat(take(new RenewLease(item("mine"), token(), 1)))
        .isEqualTo("kept till 1 until " + (NOW + 9_000));
  }

  @Test
  void shouldRefuseATokenWhenNobodyHasALease() {
    long token = token();
    take(new ReleaseLease(item("mine"), token));

    assertThat(state.leases().isEmpty()).isTrue();
    assertThat(take(adjust("berlin", "mine", -1), token)).isEqualTo("for now STALE_TOKEN");
    assertThat(take(adjust("berlin", "mine", -1))).isEqualTo("ok mine=4/0/2");
  }

  @Test
  void shouldTellTheTokenThatIsInForce() {
    Command both = reserve("berlin", "r2", line("tea", 1), line("mine", 1));

    assertThat(refusal(adjust("berlin", "mine", -1), STALE))
        .isEqualTo(new Rejection.StaleToken("mine", STALE, token()));
    assertThat(refusal(both, STALE)).isEqualTo(new Rejection.StaleToken("mine", STALE, token()));
    assertThat(refusal(adjust("berlin", "tea", -1), STALE))
        .isEqualTo(new Rejection.StaleToken("tea", STALE, 0));
    assertThat(refusal(release("berlin", "r9"), STALE))
        .as("it touches no item")
        .isEqualTo(new Rejection.StaleToken("", STALE, 0));
    assertThat(refusal(new RenewLease(item("mine"), STALE, 9)))
        .isEqualTo(new Rejection.StaleToken("mine", STALE, token()));
    assertThat(refusal(new ReleaseLease(item("tea"), STALE)))
        .isEqualTo(new Rejection.StaleToken("tea", STALE, 0));
  }

  private Rejection refusal(Command command, Long... tokens) {
    CommandRequest request = with(Requests.of(command), tokens);
    Decision decision = Dispatcher.decide(request, state, new Moment(now, state.sequence() + 1));
    Event event = ((Decision.Refused) decision).event().event();
    return ((Event.CommandRejected) event).rejection();
  }

  @Test
  void shouldTellWhenItWasCounted() {
    long earlier = NOW - 5_000;
    CountStock past = new CountStock(item("tea"), 9, 0, earlier, new BookLevel(9, 0));

    assertThat(countedMillis(count(item("tea"), 9, 0, null))).isEqualTo(NOW);
    assertThat(countedMillis(past)).isEqualTo(earlier);
  }

  private long countedMillis(CountStock count) {
    take(count);
    return ((Event.StockCounted) state.event(state.sequence()).event()).countedMillis();
  }

  /** A holder that lost its lease is refused even when nobody else took it. */
  @Test
  void shouldRefuseATokenWhoseLeaseRanOut() {
    long token = token();
    now = NOW + 2_000;

    assertThat(take(adjust("berlin", "mine", -1), token)).isEqualTo("for now STALE_TOKEN");
    assertThat(take(adjust("berlin", "mine", -1))).isEqualTo("ok mine=4/0/2");
    assertThat(take(new RenewLease(item("mine"), token, 9))).isEqualTo("for now STALE_TOKEN");
    assertThat(take(new ReleaseLease(item("mine"), token))).isEqualTo("for now STALE_TOKEN");
    assertThat(take(new AcquireLease(item("mine"), "till 2", 9, 1))).startsWith("granted till 2");
    assertThat(token()).isGreaterThan(token);
    assertThat(take(new RenewLease(item("mine"), token, 9))).isEqualTo("for now STALE_TOKEN");
  }

  @Test
  void shouldNeverGiveATokenTwice() {
    long first = token();

    take(new ReleaseLease(item("mine"), first));
    take(new AcquireLease(item("mine"), "till 2", 9, 1));

    assertThat(token()).isGreaterThan(first);
  }

  /** Tokens are no part of the payload: who got a new lease may ask again with the same key. */
  @Test
  void shouldRememberNoRefusalThatIsForNow() {
    CommandRequest locked = Requests.of(adjust("berlin", "mine", -1), "key-1");

    assertThat(take(locked)).isEqualTo("for now LOCKED mine");
    assertThat(take(with(locked, token()))).isEqualTo("ok mine=4/0/2");
    assertThat(take(with(locked, STALE))).startsWith("repeated");
    assertThat(take(locked)).startsWith("repeated");
  }

  private long token() {
    return token("mine");
  }

  private long token(String sku) {
    return Objects.requireNonNull(state.leases().all().get(item(sku))).token();
  }

  private static CommandRequest with(CommandRequest request, Long... tokens) {
    return new CommandRequest(
        request.command(),
        request.origin(),
        request.reference(),
        request.idempotencyKey(),
        request.fingerprint(),
        List.of(tokens));
  }

  private String take(Command command, Long... tokens) {
    return take(with(Requests.of(command), tokens));
  }

  /** Decides, folds and tells in a few words. */
  private String take(CommandRequest request) {
    Moment moment = new Moment(now, state.sequence() + 1);
    Decision decision = Dispatcher.decide(request, state, moment);
    if (decision instanceof Decision.Decided decided) {
      state.apply(decided.event(), now);
      return AnswerText.of(decided.event().event());
    }
    if (decision instanceof Decision.Refused refused) {
      Event event = refused.event().event();
      return "for now " + AnswerText.of(event);
    }
    return decision instanceof Decision.Repeated r ? "repeated " + r.sequence() : "key reused";
  }

  private static StockKey item(String sku) {
    return new StockKey("berlin", sku);
  }

  private static SubmitOrder order(Command.Mutation... operations) {
    return new SubmitOrder("berlin", List.of(operations));
  }

  private static CountStock count(
      StockKey item,
      long counted,
      long version,
      @org.jspecify.annotations.Nullable BookLevel book) {
    return new CountStock(item, counted, version, CountStock.NOW, book);
  }
}
