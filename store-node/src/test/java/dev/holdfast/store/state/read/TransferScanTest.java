package dev.holdfast.store.state.read;

import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.TransferRequests.cancel;
import static dev.holdfast.store.testing.TransferRequests.ship;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.access.Stores;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.testing.Requests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransferScanTest {
  @TempDir private Path root;
  private final TestLog log = new TestLog();
  private TestStores stores;
  private StateStore store;
  private TransferScan scan;
  private long index;

  @BeforeEach
  void fill() {
    stores = new TestStores(root);
    store = stores.open("a");
    scan = new TransferScan(store, Stores.ALL);
    take(createItem("berlin", "tea", 10));
    take(createItem("ber", "tea", 10));
    for (int i = 0; i < 5; i++) {
      take(ship("berlin", "t" + i, "bern", line("tea", 1)));
    }
    take(ship("ber", "t9", "bern", line("tea", 1)));
    take(cancel("berlin", "t1"));
    take(cancel("berlin", "t2"));
    take(cancel("berlin", "t3"));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void shouldListByStoreAndId() {
    assertThat(ids(scan.after(null, null, transfer -> true, PageBounds.of(9))))
        .containsExactly("t9", "t0", "t1", "t2", "t3", "t4");
    Page<TransferScan.Row> two = scan.after(null, "berlin", transfer -> true, PageBounds.of(2));
    assertThat(ids(two)).containsExactly("t0", "t1");
    assertThat(two.end()).isEqualTo(new StockKey("berlin", "t1"));
    assertThat(scan.after(null, "berlin", transfer -> true, PageBounds.of(5)).end()).isNull();
    assertThat(scan.after(null, "be", transfer -> true, PageBounds.of(9)).rows()).isEmpty();
  }

  /** However many are closed and still remembered. */
  @Test
  void shouldEndAPageByWhatWasReadThoughNothingWasWanted() {
    PageBounds three = new PageBounds(9, 1 << 20, 3, 1 << 20);

    Page<TransferScan.Row> first = scan.after(null, "berlin", Transfer::isOpen, three);
    Page<TransferScan.Row> second = scan.after(key(first.end()), "berlin", Transfer::isOpen, three);

    assertThat(ids(first)).containsExactly("t0");
    assertThat(first.end()).isEqualTo(new StockKey("berlin", "t2"));
    assertThat(ids(second)).containsExactly("t4");
    assertThat(second.end()).isNull();
  }

  @Test
  void shouldEndAPageByItsBytesOrByWhatWasParsed() {
    for (PageBounds one :
        List.of(new PageBounds(9, 1, 100, 1 << 20), new PageBounds(9, 1 << 20, 100, 1))) {
      List<String> all = new ArrayList<>();
      Page<TransferScan.Row> page = scan.after(null, null, transfer -> true, one);
      all.addAll(ids(page));
      while (page.end() != null) {
        assertThat(page.rows()).hasSize(1);
        page = scan.after(key(page.end()), null, transfer -> true, one);
        all.addAll(ids(page));
      }
      assertThat(all).containsExactly("t9", "t0", "t1", "t2", "t3", "t4");
    }
  }

  private static @Nullable TransferKey key(@Nullable StockKey end) {
    return end == null ? null : new TransferKey(end.store(), end.sku());
  }

  private static List<String> ids(Page<TransferScan.Row> page) {
    return page.rows().stream().map(row -> row.key().transferId()).toList();
  }

  private void take(Command command) {
    Decision decision = Dispatcher.decide(Requests.of(command), store, Requests.MOMENT);
    byte[] batch = log.batch(((Decision.Decided) decision).event());
    assertThat(TestStores.apply(store, ++index, 1, batch)).isTrue();
  }
}
