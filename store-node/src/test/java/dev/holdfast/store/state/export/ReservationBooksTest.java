package dev.holdfast.store.state.export;

import static dev.holdfast.store.testing.Requests.confirm;
import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.Requests.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.Tampering;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.testing.Requests;
import java.nio.file.Path;
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
    Decision decision = Dispatcher.decide(Requests.of(command), store, Requests.MOMENT);
    byte[] batch = log.batch(((Decision.Decided) decision).event());
    assertThat(TestStores.apply(store, ++index, 1, batch)).isTrue();
  }
}
