package dev.holdfast.store.state.read;

import static dev.holdfast.store.testing.Requests.confirm;
import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.Requests.replace;
import static dev.holdfast.store.testing.Requests.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.Tampering;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.digest.CheckpointScrub;
import dev.holdfast.store.state.fault.DigestFault;
import dev.holdfast.store.testing.Requests;
import dev.holdfast.store.testing.TestKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReservationScanTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");

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
    take(createItem("berlin", "teapot", 10));
    take(createItem("bern", "tea", 10));
    take(reserve("berlin", "r1", line("tea", 1), line("cup", 2)));
    take(reserve("berlin", "r2", line("tea", 3)));
    take(reserve("berlin", "r3", line("teapot", 1)));
    take(reserve("berlin", "r0", line("cup", 1)));
    take(reserve("berlin", "sold", line("tea", 2)));
    take(confirm("berlin", "sold"));
    take(reserve("bern", "r1", line("tea", 1)));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void shouldFindWhoHoldsAnItemById() {
    assertThat(ofItem(null, 9)).containsExactly("r1", "r2");
    assertThat(ofItem(null, 1)).containsExactly("r1");
    assertThat(ofItem("r1", 9)).containsExactly("r2");
    assertThat(ofItem("r2", 9)).isEmpty();
  }

  @Test
  void shouldListEachReservationOfAStoreOnceWhereverAPageEnds() {
    assertThat(ofStore(null, 9)).containsExactly("r0", "r1", "r2", "r3");
    assertThat(ofStore(new StockKey("cup", "r0"), 2)).containsExactly("r1", "r2");
    assertThat(ofStore(new StockKey("tea", "r2"), 9)).containsExactly("r3");
  }

  /** Pages that end early go on where they ended, and together are the whole. */
  @Test
  void shouldEndAPageByWhatWasReadOrByItsBytes() {
    for (PageBounds bounds :
        List.of(
            new PageBounds(9, 1 << 20, 1, 1 << 20),
            new PageBounds(9, 1, 100, 1 << 20),
            new PageBounds(9, 1 << 20, 100, 1),
            new PageBounds(1, 1 << 20, 100, 1 << 20))) {
      List<String> all = new ArrayList<>();
      ReservationScan scan = new ReservationScan(store);
      Page<HeldItem> page = scan.ofStore("berlin", null, bounds);
      all.addAll(ids(page.rows()));
      while (page.end() != null) {
        assertThat(page.rows()).hasSizeLessThanOrEqualTo(1);
        page = scan.ofStore("berlin", page.end(), bounds);
        all.addAll(ids(page.rows()));
      }
      assertThat(all).as("%s", bounds).containsExactly("r0", "r1", "r2", "r3");
    }
  }

  @Test
  void shouldFollowWhatIsHeldInstead() {
    take(replace("berlin", "r2", line("cup", 4)));

    assertThat(ofItem(null, 9)).containsExactly("r1");
    assertThat(ofStore(null, 9)).containsExactly("r0", "r1", "r2", "r3");
  }

  @Test
  void shouldExplainAnItemFromOneMoment() {
    ReservationScan.Explanation found = new ReservationScan(store).explain(TEA, PageBounds.of(9));

    assertThat(found.sequence()).isEqualTo(store.logEnd().sequence());
    assertThat(found.level()).isEqualTo(store.stock(TEA));
    assertThat(found.holds().rows().stream().mapToLong(hold -> hold.open().held("tea")).sum())
        .isEqualTo(4);
    assertThat(
            new ReservationScan(store)
                .explain(new StockKey("berlin", "te"), PageBounds.of(9))
                .level())
        .isNull();
  }

  /** The three that must agree: records, index, reservations. */
  @Test
  void shouldBeScrubbedWithTheStock() throws Exception {
    AppliedState applied = store.checkpoint(root.resolve("right"));
    CheckpointScrub.check(root.resolve("right"), applied, TestKeys.usual());

    Tampering.writeHold(store, TEA, "r1", 2);
    store.checkpoint(root.resolve("index"));
    assertFault("index", applied, "by the index");
    Tampering.writeHold(store, TEA, "r1", 1);
    Tampering.closeReservation(store, new ReservationKey("berlin", "r1"));
    store.checkpoint(root.resolve("lost"));
    assertFault("lost", applied, "what open reservations hold");
  }

  private void assertFault(String checkpoint, AppliedState applied, String message) {
    assertThatThrownBy(
            () -> CheckpointScrub.check(root.resolve(checkpoint), applied, TestKeys.usual()))
        .isInstanceOf(DigestFault.class)
        .hasMessageContaining(message);
  }

  private List<String> ofItem(@Nullable String behind, int limit) {
    return ids(new ReservationScan(store).ofItem(TEA, behind, PageBounds.of(limit)).rows());
  }

  private List<String> ofStore(@Nullable StockKey behind, int limit) {
    return ids(new ReservationScan(store).ofStore("berlin", behind, PageBounds.of(limit)).rows());
  }

  private static List<String> ids(List<HeldItem> holds) {
    return holds.stream().map(hold -> hold.reservation().reservationId()).toList();
  }

  private void take(Command command) {
    Decision decision = Dispatcher.decide(Requests.of(command), store, Requests.MOMENT);
    byte[] batch = log.batch(((Decision.Decided) decision).event());
    assertThat(TestStores.apply(store, ++index, 1, batch)).isTrue();
  }
}
