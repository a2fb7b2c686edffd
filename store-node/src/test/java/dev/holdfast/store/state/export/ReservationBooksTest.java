package dev.holdfast.store.state.export;

import static dev.holdfast.store.testing.Requests.confirm;
import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.Requests.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.DigestProgress;
import dev.holdfast.store.decide.state.SpeculativeState;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.StoreDump;
import dev.holdfast.store.state.Tampering;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.testing.Requests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReservationBooksTest {
  private static final ReservationBooks RIGHT = new ReservationBooks(2, 7, true, true);

  @TempDir private Path root;
  private final TestLog log = new TestLog();
  private TestStores stores;
  private StateStore store;
  private long index;

  @BeforeEach
  void fill() {
    stores = new TestStores(root);
    store = stores.open("a");
    take(createItem("berlin", "cup", 10));
    take(createItem("berlin", "tea", 10));
    take(reserve("berlin", "r1", line("tea", 1), line("cup", 2)));
    take(reserve("berlin", "r2", line("tea", 4)));
    take(reserve("berlin", "sold", line("tea", 2)));
    take(confirm("berlin", "sold"));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void shouldCountOpenReservationsAndTheirUnits() {
    assertThat(books()).isEqualTo(RIGHT);
  }

  @Test
  void shouldTellOfTheMomentThatWasPinned() {
    try (PinnedState pinned = store.pin()) {
      take(confirm("berlin", "r1"));

      assertThat(ReservationBooks.of(pinned)).isEqualTo(RIGHT);
    }
    assertThat(books()).isEqualTo(new ReservationBooks(1, 4, true, true));
  }

  /** An eviction reads the log, so the entries before it in its group are written first. */
  @Test
  void shouldCloseAReservationThatAnEvictionWroteEarly() {
    DigestProgress digests = store.logEnd().digests();
    SpeculativeState state = new SpeculativeState(store, store.logEnd().sequence(), digests);
    List<byte[]> group = new ArrayList<>();
    for (Command command :
        List.of(
            reserve("berlin", "early", line("tea", 1)),
            new Command.EvictReceipts(state.lastSequence() + 1),
            confirm("berlin", "early"))) {
      RecordedEvent event = decide(command, state);
      state.fold(event, Requests.MOMENT.timeMillis());
      group.add(log.batch(event));
    }

    store.apply(
        applier -> group.forEach(batch -> assertThat(applier.apply(++index, 1, batch)).isTrue()));

    assertThat(books()).isEqualTo(RIGHT);
    assertThat(StoreDump.count(store, "expiries")).isEqualTo(2);
  }

  @Test
  void shouldShowThatAReservationIsLost() {
    Tampering.closeReservation(store, new ReservationKey("berlin", "r2"));

    assertThat(books()).isEqualTo(new ReservationBooks(1, 3, false, true));
  }

  /** The sum is right, but not the items. */
  @Test
  void shouldShowThatUnitsAreReservedOfAnotherItem() {
    Tampering.write(store, new StockKey("berlin", "tea"), new StockLevel(8, 4, 9));
    Tampering.write(store, new StockKey("berlin", "cup"), new StockLevel(10, 3, 9));

    assertThat(books()).isEqualTo(new ReservationBooks(2, 7, false, false));
  }

  @Test
  void shouldShowThatTheIndexDiffers() {
    Tampering.writeHold(store, new StockKey("berlin", "tea"), "r1", 2);

    assertThat(books()).isEqualTo(new ReservationBooks(2, 7, true, false));
  }

  private ReservationBooks books() {
    try (PinnedState pinned = store.pin()) {
      return ReservationBooks.of(pinned);
    }
  }

  private void take(Command command) {
    byte[] batch = log.batch(decide(command, store));
    assertThat(TestStores.apply(store, ++index, 1, batch)).isTrue();
  }

  private static RecordedEvent decide(Command command, DecisionState state) {
    Decision decision = Dispatcher.decide(Requests.of(command), state, Requests.MOMENT);
    return ((Decision.Decided) decision).event();
  }
}
