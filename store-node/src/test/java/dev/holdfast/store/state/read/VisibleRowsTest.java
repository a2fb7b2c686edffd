package dev.holdfast.store.state.read;

import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.TransferRequests.ship;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.access.Stores;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TermsEvent;
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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks for readers who may see some stores: neither rows nor ends of pages tell of others. */
final class VisibleRowsTest {
  /** In byte order, with names that begin others and bytes of all lengths. */
  private static final List<String> STORES =
      List.of("a", "ab", "ab x", "ab-1", "ab-2", "ac", "b", "frozen", "Ü", "ｚ", "\ud83d\udce6");

  private static final List<String> EMPTY = List.of("frozen");

  private static final List<List<String>> PATTERNS =
      List.of(
          List.of("*"),
          List.of(),
          List.of("none"),
          List.of("a"),
          List.of("ab"),
          List.of("ab*"),
          List.of("ab-*", "b"),
          List.of("a", "ac", "Ü"),
          List.of("frozen", "ab x"),
          List.of("f*", "ｚ"),
          List.of("\ud83d\udce6", "a*"),
          List.of("zz*", "0", "Z*"));

  @TempDir private Path root;
  private final TestLog log = new TestLog();
  private TestStores stores;
  private StateStore store;
  private long index;

  @BeforeEach
  void fill() {
    stores = new TestStores(root);
    store = stores.open("a");
    for (String name : STORES) {
      if (!EMPTY.contains(name)) {
        take(createItem(name, "tea", 10));
        take(createItem(name, "zest", 10));
        take(ship(name, "t1", "elsewhere", line("tea", 1)));
        take(ship(name, "t2", "elsewhere", line("tea", 1)));
      }
    }
    freeze("frozen");
    freeze("ab");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private void take(Command command) {
    Decision decision = Dispatcher.decide(Requests.of(command), store, Requests.MOMENT);
    byte[] batch = log.batch(((Decision.Decided) decision).event());
    assertThat(TestStores.apply(store, ++index, 1, batch)).isTrue();
  }

  private void freeze(String name) {
    var event = new TermsEvent.StoreTermsChanged(name, false, true);
    byte[] batch = log.batch(new RecordedEvent(event, Requests.ALICE, "", "", 0));
    assertThat(TestStores.apply(store, ++index, 1, batch)).isTrue();
  }

  @Test
  void shouldListStockOfThoseStoresOnly() {
    for (List<String> patterns : PATTERNS) {
      Stores visible = Stores.of(patterns);
      StockScan scan = new StockScan(store, visible);
      assertSame(
          visible,
          List.of("tea", "zest"),
          (behind, bounds) -> scan.page(behind, null, bounds),
          StockScan.Row::item);
    }
  }

  @Test
  void shouldListTransfersFromThoseStoresOnly() {
    for (List<String> patterns : PATTERNS) {
      Stores visible = Stores.of(patterns);
      TransferScan scan = new TransferScan(store, visible);
      assertSame(
          visible,
          List.of("t1", "t2"),
          (behind, bounds) ->
              scan.after(
                  behind == null ? null : new TransferKey(behind.store(), behind.sku()),
                  null,
                  transfer -> true,
                  bounds),
          row -> new StockKey(row.key().store(), row.key().transferId()));
    }
  }

  @Test
  void shouldListThoseStoresOnly() {
    for (List<String> patterns : PATTERNS) {
      Stores visible = Stores.of(patterns);
      StoreScan scan = new StoreScan(store, visible);
      List<String> found = new ArrayList<>();
      Page<StoreScan.Row> page = scan.page(null, PageBounds.of(1));
      page.rows().forEach(row -> found.add(row.store()));
      while (page.end() != null) {
        assertThat(visible.contains(page.end().store())).isTrue();
        page = scan.page(page.end().store(), PageBounds.of(1));
        page.rows().forEach(row -> found.add(row.store()));
      }
      assertThat(found)
          .as("%s", patterns)
          .isEqualTo(STORES.stream().filter(visible::contains).toList());
    }
    assertThat(new StoreScan(store, Stores.of(List.of("ab"))).page(null, PageBounds.of(9)).rows())
        .containsExactly(new StoreScan.Row("ab", true));
  }

  @Test
  void shouldNotFindAStoreThatMayNotBeSeen() {
    StoreScan scan = new StoreScan(store, Stores.of(List.of("ab-*")));

    assertThat(scan.find("ab")).isEmpty();
    assertThat(scan.find("ac")).isEmpty();
    assertThat(scan.find("ab-2")).contains(new StoreScan.Row("ab-2", false));
  }

  /** In pages of all sizes, and from every row. */
  private static <T> void assertSame(
      Stores visible,
      List<String> ids,
      BiFunction<@Nullable StockKey, PageBounds, Page<T>> pages,
      Function<T, StockKey> key) {
    List<StockKey> expected =
        STORES.stream()
            .filter(visible::contains)
            .filter(name -> !EMPTY.contains(name))
            .flatMap(name -> ids.stream().map(id -> new StockKey(name, id)))
            .toList();
    for (int size : new int[] {1, 2, 3, 100}) {
      assertThat(all(visible, size, pages, key)).as("%s by %d", visible, size).isEqualTo(expected);
    }
    StockKey ofAnother = new StockKey("ab-1", "tea");
    assertThat(pages.apply(ofAnother, PageBounds.of(100)).rows().stream().map(key))
        .isSubsetOf(expected);
  }

  private static <T> List<StockKey> all(
      Stores visible,
      int size,
      BiFunction<@Nullable StockKey, PageBounds, Page<T>> pages,
      Function<T, StockKey> key) {
    List<StockKey> found = new ArrayList<>();
    Page<T> page = pages.apply(null, PageBounds.of(size));
    page.rows().stream().map(key).forEach(found::add);
    for (StockKey end = page.end(); end != null; end = page.end()) {
      assertThat(visible.contains(end.store())).isTrue();
      page = pages.apply(end, PageBounds.of(size));
      Stream<StockKey> more = page.rows().stream().map(key);
      more.forEach(found::add);
    }
    return found;
  }
}
