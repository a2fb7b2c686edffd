package dev.holdfast.store.state.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.BookLevel;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.testing.Requests;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was on hand at a time, from the log of a real store. */
final class StockAsOfTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");
  private static final long MANY = 1_000;

  @TempDir private Path directory;
  private TestStores stores;
  private StateStore store;
  private final TestLog log = new TestLog();
  private long index;
  private StockLevel tea = StockLevel.opening(10);

  /** Tea: 10 at 100, 8 at 200, 9 at 300; other items all the time; two batches at each time. */
  @BeforeEach
  void fill() {
    stores = new TestStores(directory);
    store = stores.open("one");
    apply(100, recorded(new Event.ItemCreated(TEA, tea)), TestLog.created("cup"));
    for (int i = 0; i < 20; i++) {
      apply(100 + i, TestLog.created("sku-a" + i), TestLog.created("sku-b" + i));
    }
    apply(200, TestLog.created("cup-2"), adjusted(-2));
    apply(200, TestLog.created("cup-3"));
    apply(300, adjusted(3), adjusted(-2), TestLog.created("cup-4"));
    apply(400, TestLog.created("cup-5"));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void shouldTellTheLevelBeforeTheFirstChangeAfterThen() {
    assertThat(find(199)).isEqualTo(new BookLevel(10, 0));
    assertThat(find(150)).isEqualTo(new BookLevel(10, 0));
    assertThat(find(200)).isEqualTo(new BookLevel(8, 0));
    assertThat(find(299)).isEqualTo(new BookLevel(8, 0));
  }

  /** Only as long as the item stays at the version that it has. */
  @Test
  void shouldTellTheLevelNowWhenNothingMovedSince() {
    assertThat(find(300)).isEqualTo(new BookLevel(9, tea.version()));
    assertThat(find(10_000)).isEqualTo(new BookLevel(9, tea.version()));
  }

  @Test
  void shouldTellThatNothingWasThereBeforeTheItem() {
    assertThat(find(99)).isEqualTo(new BookLevel(0, 0));
  }

  @Test
  void shouldFindWhatCameAfterTheLastLook() {
    BookLevel before = find(350);
    apply(500, adjusted(5));

    assertThat(before).isEqualTo(new BookLevel(9, tea.version() - 1));
    assertThat(find(350)).isEqualTo(new BookLevel(9, 0));
  }

  @Test
  void shouldLeaveAnItemThatIsNotThereToTheDecision() {
    StockAsOf.Answer answer = new StockAsOf(store).find(new StockKey("berlin", "none"), 1, MANY);

    assertThat(answer.isKnown()).isTrue();
    assertThat(answer.book()).isNull();
  }

  @Test
  void shouldSayThatTheLogDoesNotGoBackSoFar() {
    TestStores.trimLogBefore(store, 3);

    assertThat(new StockAsOf(store).find(TEA, 99, MANY).unknown()).contains("not kept");
    assertThat(find(150)).isEqualTo(new BookLevel(10, 0));
  }

  @Test
  void shouldGoOverNoMoreThanItMay() {
    assertThat(new StockAsOf(store).find(TEA, 99, 5).unknown()).contains("more than 5 events");
    assertThat(new StockAsOf(store).find(TEA, 300, 5).isKnown()).isTrue();
  }

  private BookLevel find(long millis) {
    StockAsOf.Answer answer = new StockAsOf(store).find(TEA, millis, MANY);
    assertThat(answer.unknown()).isEmpty();
    return Objects.requireNonNull(answer.book());
  }

  private RecordedEvent adjusted(long delta) {
    tea = tea.adjusted(delta);
    return recorded(new Event.StockAdjusted(TEA, delta, AdjustmentReason.RECOUNT, tea));
  }

  private static RecordedEvent recorded(Event event) {
    return new RecordedEvent(event, Requests.ALICE, "", "", 0);
  }

  private void apply(long millis, RecordedEvent... events) {
    assertThat(TestStores.apply(store, ++index, 1, log.at(millis).batch(events))).isTrue();
  }
}
