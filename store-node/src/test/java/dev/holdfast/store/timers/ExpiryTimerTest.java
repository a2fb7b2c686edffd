package dev.holdfast.store.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReserveMode;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.state.read.ExpiryScan;
import dev.holdfast.store.testing.Requests;
import dev.holdfast.store.testing.TestKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By a manual clock, on a real store. */
final class ExpiryTimerTest {
  private static final long START = 1_000_000;
  private static final long TTL = 1_000;

  @TempDir private Path root;
  private RocksMemory memory;
  private StateStore store;
  private ExpiryTimer timer;

  private final List<QueuedCommand> asked = new ArrayList<>();
  private int again;
  private long now = START;
  private long term = 1;

  @BeforeEach
  void open() throws Exception {
    memory = new RocksMemory(8 << 20, 32 << 20);
    store = StateStore.open(root, memory, TestKeys.usual());
    timer =
        new ExpiryTimer(
            store, new ExpiryScan(store), () -> term, asked::addAll, task -> again++, () -> now);
    decide(Requests.createItem("berlin", "tea", 100_000));
  }

  @AfterEach
  void close() {
    store.close();
    memory.close();
  }

  @Test
  void shouldAskAtTheMillisecondAndNotBefore() {
    reserve("r1", TTL);
    runAt(START + TTL - 1);
    assertThat(asked).isEmpty();

    runAt(START + TTL);

    assertThat(ids()).containsExactly("r1");
    answerAll();
    assertThat(state("r1")).isEqualTo(Reservation.State.EXPIRED);
  }

  @Test
  void shouldAskForNothingThatWasClosedOrExtended() {
    reserve("closed", TTL);
    reserve("extended", TTL);
    reserve("due", TTL);
    decide(Requests.confirm("berlin", "closed"));
    decide(Requests.extend("berlin", "extended", 5 * TTL));

    runAt(START + TTL);
    assertThat(ids()).containsExactly("due");
    answerAll();
    runAt(START + 5 * TTL);

    assertThat(ids()).containsExactly("extended");
  }

  @Test
  void shouldTakeRoundsOfABoundedNumberOneAfterTheOther() {
    int due = 2 * ExpiryTimer.ROUND_MAX + 1;
    for (int i = 0; i < due; i++) {
      reserve("r%05d".formatted(i), TTL);
    }
    runAt(START + TTL);
    assertThat(asked).hasSize(ExpiryTimer.ROUND_MAX);
    timer.run();
    assertThat(asked).hasSize(ExpiryTimer.ROUND_MAX);

    answerAll();
    assertThat(again).isEqualTo(1);
    timer.run();
    assertThat(asked).hasSize(ExpiryTimer.ROUND_MAX);
    answerAll();
    timer.run();

    assertThat(ids()).containsExactly("r%05d".formatted(due - 1));
    answerAll();
    assertThat(again).as("a round that is not full is the last").isEqualTo(2);
  }

  @Test
  void shouldAskAgainForWhatWasNotTried() {
    reserve("r1", TTL);
    runAt(START + TTL);
    asked.remove(0).reply().failed(0, Reason.OVERLOADED, "slow down");

    timer.run();

    assertThat(ids()).containsExactly("r1");
    assertThat(again).isZero();
  }

  /** The batch that was applied since allows the timer to go on behind the time of the round. */
  @Test
  void shouldAskAgainForWhatWasNotTriedThoughTheLogWentOn() {
    reserve("r1", TTL);
    now = START + 2 * TTL;
    decide(Requests.adjust("berlin", "tea", 1));
    timer.run();
    asked.remove(0).reply().failed(0, Reason.OVERLOADED, "slow down");

    timer.run();

    assertThat(ids()).containsExactly("r1");
  }

  /** It was extended by what was decided, and not applied yet, when the timer looked. */
  @Test
  void shouldFindAgainWhatWasExtendedMeanwhile() {
    reserve("r1", TTL);
    runAt(START + TTL);
    now = START + TTL - 1;
    decide(Requests.extend("berlin", "r1", 5 * TTL));
    now = START + TTL;
    answerAll();
    runAt(START + TTL);
    assertThat(asked).isEmpty();

    runAt(START + 6 * TTL);

    assertThat(ids()).containsExactly("r1");
  }

  /** What is decided now may expire before what was looked for last, and be applied after it. */
  @Test
  void shouldFindWhatExpiresBeforeTheTimeThatItLookedAtLast() {
    reserve("first", TTL);
    runAt(START + 2 * TTL);
    answerAll();
    now = START + 2 * TTL + 100;
    timer.run(); // looks up to here; the batch below was decided before and is applied now
    long seen = now;
    now = START + 2 * TTL + 10;
    reserve("late", 20);

    runAt(seen);

    assertThat(ids()).containsExactly("late");
  }

  @Test
  void shouldFindWhatExpiresBeforeAFullRoundAndIsAppliedAfterIt() {
    for (int i = 0; i < ExpiryTimer.ROUND_MAX; i++) {
      reserve("r%05d".formatted(i), TTL);
    }
    runAt(START + TTL);
    now = START + TTL - 10; // decided then, and applied now
    reserve("late", 5);
    now = START + TTL;
    answerAll();

    timer.run();

    assertThat(ids()).containsExactly("late");
  }

  @Test
  void shouldStartFromTheBeginningInANewTerm() {
    reserve("r1", TTL);
    runAt(START + TTL);
    asked.clear(); // never answered: this node lost the lead with them in flight
    term = 0;
    timer.run();
    assertThat(asked).isEmpty();

    term = 3;
    timer.run();

    assertThat(ids()).containsExactly("r1");
  }

  private void runAt(long millis) {
    now = millis;
    timer.run();
  }

  private List<String> ids() {
    return asked.stream()
        .map(each -> ((Command.ExpireReservation) each.request().command()).reservation())
        .map(ReservationKey::reservationId)
        .toList();
  }

  private void answerAll() {
    List<QueuedCommand> all = List.copyOf(asked);
    asked.clear();
    for (QueuedCommand each : all) {
      each.reply().decided(each.index(), store.logEnd().sequence(), decide(each.request()));
    }
  }

  private void reserve(String id, long ttl) {
    ReservationKey key = new ReservationKey("berlin", id);
    Command.HoldTerms terms = new Command.HoldTerms(ttl, 100 * TTL, "");
    decide(
        new Command.ReserveStock(
            key, List.of(Requests.line("tea", 1)), ReserveMode.ALL_OR_NOTHING, terms));
  }

  private Reservation.State state(String id) {
    Reservation found = store.reservation(new ReservationKey("berlin", id));
    if (found == null) {
      throw new AssertionError("no reservation " + id);
    }
    return found.state();
  }

  private void decide(Command command) {
    decide(Requests.of(command));
  }

  /** Decides now, and applies what was decided. */
  private RecordedEvent decide(CommandRequest request) {
    AppliedView.LogEnd end = store.logEnd();
    Moment moment = new Moment(now, end.sequence() + 1);
    Decision decision = Dispatcher.decide(request, store, moment);
    if (decision instanceof Decision.Refused refused) {
      return refused.event();
    }
    RecordedEvent event = ((Decision.Decided) decision).event();
    EventBatch batch =
        new EventBatch(0, end.sequence() + 1, 1, now, end.batchHash(), List.of(event));
    long index = store.applied().raftIndex() + 1;
    store.apply(applier -> applier.apply(index, 1, EventBatchCodec.encode(batch)));
    return event;
  }
}
