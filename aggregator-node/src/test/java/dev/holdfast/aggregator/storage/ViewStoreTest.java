package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.HashCode;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.SkuFilter;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.log.v1.ViewMetaRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewStoreTest {
  private static final HashCode HASH = HashCode.fromBytes(new byte[] {1, 2});

  @TempDir private Path directory;

  @Test
  void shouldStartEmpty() throws Exception {
    try (ViewStore store = open();
        ViewCut cut = store.cut()) {
      assertThat(cut.item("mug")).isEmpty();
      assertThat(cut.cursor(0)).isEqualTo(ViewCursor.START);
      assertThat(store.partitionCount()).isZero();
    }
  }

  @Test
  void shouldKeepViewAndCursorsOverARestart() throws Exception {
    ViewCursor cursor = ViewCursor.START.at(9, HASH, 5);
    try (ViewStore store = open()) {
      store.write(update(cursor, "berlin/mug", "paris/mug"), LetterUpdate.NONE);
    }

    try (ViewStore store = open();
        ViewCut cut = store.cut()) {
      assertThat(store.cursors(2)).containsExactly(cursor, ViewCursor.START);
      assertThat(cut.item("mug").orElseThrow().stores())
          .extracting(GlobalItem.InStore::store)
          .containsExactly("berlin", "paris");
      assertThat(store.level(new StockKey("paris", "mug"))).isEqualTo(StockLevel.opening(1));
    }
  }

  /** The cursor may never be ahead of the view, whatever ends a write in its middle. */
  @Test
  void shouldWriteAllOfAnUpdateOrNothing() throws Exception {
    ViewUpdate whole = update(ViewCursor.START.at(9, HASH, 5), "berlin/mug");
    List<Movement> broken =
        new AbstractList<>() {
          @Override
          public Movement get(int index) {
            throw new IllegalStateException("broken");
          }

          @Override
          public int size() {
            return 1;
          }
        };
    ViewUpdate update =
        new ViewUpdate(
            whole.levels(),
            whole.totals(),
            Map.of(),
            whole.cursors(),
            broken,
            List.of(),
            List.of(),
            Map.of());
    try (ViewStore store = open()) {
      assertThatThrownBy(() -> store.write(update, LetterUpdate.NONE)).hasMessage("broken");

      try (ViewCut cut = store.cut()) {
        assertThat(cut.cursor(0)).isEqualTo(ViewCursor.START);
        assertThat(cut.item("mug")).isEmpty();
      }
    }
  }

  /** An earlier change may be given up after a later one. */
  @Test
  void shouldNeverMoveTheBeginningOfAHistoryBack() throws Exception {
    ViewUpdate nothing = TestViews.update(Map.of(), Map.of(), Map.of(), Map.of(), List.of());
    try (ViewStore store = open()) {
      store.write(nothing, lost(new HistorySince(9, 90)));
      store.write(nothing, lost(new HistorySince(4, 40)));

      try (ViewCut cut = store.cut()) {
        assertThat(cut.historySince(0)).isEqualTo(new HistorySince(9, 90));
      }
    }
  }

  private static LetterUpdate lost(HistorySince place) {
    return new LetterUpdate(Map.of(), Map.of(), Set.of(), Map.of(), Map.of(), Map.of(0, place));
  }

  @Test
  void shouldReadEverythingOfACutFromOneMoment() throws Exception {
    try (ViewStore store = open()) {
      store.write(update(ViewCursor.START.at(1, HASH, 0), "berlin/mug"), LetterUpdate.NONE);
      try (ViewCut cut = store.cut()) {
        store.write(update(ViewCursor.START.at(2, HASH, 0), "paris/mug"), LetterUpdate.NONE);

        assertThat(cut.cursor(0).sequence()).isEqualTo(1);
        assertThat(cut.item("mug").orElseThrow().stores()).hasSize(1);
      }
    }
  }

  @Test
  void shouldKeepSkusApartThatStartAlike() throws Exception {
    try (ViewStore store = open()) {
      store.write(
          update(ViewCursor.START, "a/mug", "a/mug!", "a/mugs", "b/mug", "b/mu"),
          LetterUpdate.NONE);
      try (ViewCut cut = store.cut()) {
        assertThat(stores(cut.item("mug").orElseThrow())).containsExactly("a", "b");
        assertThat(cut.page("", TestViews.ANY, all()).items())
            .extracting(item -> item.sku() + stores(item))
            .containsExactly("mu[b]", "mug[a, b]", "mug![a]", "mugs[a]");
      }
    }
  }

  @Test
  void shouldPageInByteOrder() throws Exception {
    try (ViewStore store = open()) {
      store.write(update(ViewCursor.START, "a/b", "a/ä", "a/a", "a/B"), LetterUpdate.NONE);
      try (ViewCut cut = store.cut()) {
        ViewCut.Page first = cut.page("", TestViews.ANY, TestViews.bounds(3, 1 << 20, false));
        ViewCut.Page rest = cut.page("b", TestViews.ANY, TestViews.bounds(3, 1 << 20, false));

        assertThat(first.items()).extracting(GlobalItem::sku).containsExactly("B", "a", "b");
        assertThat(first.isLast()).isFalse();
        assertThat(rest.items()).extracting(GlobalItem::sku).containsExactly("ä");
        assertThat(rest.isLast()).isTrue();
      }
    }
  }

  @Test
  void shouldEndAPageThatIsLargeEnough() throws Exception {
    try (ViewStore store = open()) {
      store.write(update(ViewCursor.START, "a/1", "a/2", "a/3"), LetterUpdate.NONE);
      try (ViewCut cut = store.cut()) {
        ViewCut.Page page = cut.page("", TestViews.ANY, TestViews.bounds(3, 1, true));

        assertThat(page.items()).hasSize(1);
        assertThat(page.isLast()).isFalse();
      }
    }
  }

  @Test
  void shouldLetThroughWhatTheFilterNames() throws Exception {
    try (ViewStore store = open()) {
      store.write(
          update(ViewCursor.START, "a/cup", "a/mug", "b/mug", "a/mug-2", "b/nut"),
          LetterUpdate.NONE);
      store.write(
          level("a", "mug", new StockLevel(4, 4, 2), TestViews.total(5, 4, 2)), LetterUpdate.NONE);
      try (ViewCut cut = store.cut()) {
        assertThat(skus(cut, TestViews.filter("mug", 0, ""))).containsExactly("mug", "mug-2");
        assertThat(skus(cut, TestViews.filter("", 0, "b"))).containsExactly("mug", "nut");
        assertThat(skus(cut, TestViews.filter("", 1, "a"))).containsExactly("mug");
        assertThat(skus(cut, TestViews.filter("", 1, ""))).isEmpty();
        assertThat(skus(cut, TestViews.filter("", 2, ""))).hasSize(4);
        assertThat(skus(cut, TestViews.filter("z", 0, ""))).isEmpty();
      }
    }
  }

  @Test
  void shouldHoldOneStoreOnlyWhenTheFilterNamesOne() throws Exception {
    try (ViewStore store = open()) {
      store.write(update(ViewCursor.START, "a/mug", "b/mug", "c/mug"), LetterUpdate.NONE);
      try (ViewCut cut = store.cut()) {
        var bounds = TestViews.bounds(10, 1 << 20, false);
        List<GlobalItem> items = cut.page("", TestViews.filter("", 0, "b"), bounds).items();

        assertThat(items).hasSize(1);
        assertThat(stores(items.get(0))).containsExactly("b");
      }
    }
  }

  @Test
  void shouldReadNoMoreForAPageThanAllowed() throws Exception {
    try (ViewStore store = open()) {
      store.write(update(ViewCursor.START, "a/1", "a/2", "a/3", "a/4", "b/4"), LetterUpdate.NONE);
      SkuFilter inB = TestViews.filter("", 0, "b");
      var bounds = new ViewCut.PageBounds(10, 1 << 20, 3, true);
      try (ViewCut cut = store.cut()) {
        ViewCut.Page empty = cut.page("", inB, bounds);
        ViewCut.Page rest = cut.page(empty.lastSkuRead(), inB, bounds);

        assertThat(empty).isEqualTo(new ViewCut.Page(List.of(), "3", false));
        assertThat(rest.items()).extracting(GlobalItem::sku).containsExactly("4");
        assertThat(rest.isLast()).isTrue();
      }
    }
  }

  @Test
  void shouldEndWithThePrefix() throws Exception {
    try (ViewStore store = open()) {
      store.write(update(ViewCursor.START, "a/a", "a/b1", "a/b2", "a/c"), LetterUpdate.NONE);
      SkuFilter startingWithB = TestViews.filter("b", 0, "");
      var one = TestViews.bounds(1, 1 << 20, false);
      try (ViewCut cut = store.cut()) {
        ViewCut.Page first = cut.page("", startingWithB, one);
        ViewCut.Page last = cut.page(first.lastSkuRead(), startingWithB, one);

        assertThat(first.items()).extracting(GlobalItem::sku).containsExactly("b1");
        assertThat(first.isLast()).isFalse();
        assertThat(last.items()).extracting(GlobalItem::sku).containsExactly("b2");
        assertThat(last.isLast()).isTrue();
      }
    }
  }

  @Test
  void shouldRefuseTheDataOfAnotherCluster() throws Exception {
    open().close();

    assertThatThrownBy(() -> ViewStore.open(directory, "c2", "agg", TestKeys.usual()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("belongs to cluster c1, not c2")
        .hasMessageContaining("holdfast.node.data-dir");
  }

  @Test
  void shouldRefuseTheDataOfAnotherNode() throws Exception {
    open().close();

    assertThatThrownBy(() -> ViewStore.open(directory, "c1", "agg-2", TestKeys.usual()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("belongs to node agg, not agg-2");
  }

  @Test
  void shouldRefuseAnotherNumberOfPartitions() throws Exception {
    try (ViewStore store = open()) {
      store.bindPartitions(3);
      store.bindPartitions(3);

      assertThat(store.partitionCount()).isEqualTo(3);
      assertThatThrownBy(() -> store.bindPartitions(4))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("holds 3 partitions, but the cluster has 4");
    }
  }

  private void writeFormat(int format) throws Exception {
    try (ViewDatabase database = new ViewDatabase(directory, null)) {
      var meta = ViewMetaRecord.newBuilder().setFormat(format).setClusterId("c1").setNodeId("agg");
      database.db().put(database.handle(Family.META), ViewKeys.META, meta.build().toByteArray());
    }
  }

  @Test
  void shouldKeepADirectoryOfANewerFormat() throws Exception {
    writeFormat(6);

    assertThatThrownBy(this::open)
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageStartingWith("NEEDS_NEWER_BUILD: ")
        .hasMessageContaining("has format 6")
        .hasMessageNotContaining("remove");
  }

  @Test
  void shouldRefuseTheFormatBeforeDigests() throws Exception {
    writeFormat(1);

    assertThatThrownBy(this::open)
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("has format 1, this build reads formats 4 and 5")
        .hasMessageContaining("remove this one to build the view anew");
  }

  @Test
  void shouldRefuseADirectoryThatIsAFile() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> ViewStore.open(file, "c1", "agg", TestKeys.usual()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void shouldRefuseADirectoryThatIsInUse() throws Exception {
    try (ViewStore store = open()) {
      assertThat(store.partitionCount()).isZero();
      assertThatThrownBy(this::open)
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("cannot be used");
    }
  }

  private ViewStore open() throws DataDirectoryException {
    return ViewStore.open(directory, "c1", "agg", TestKeys.usual());
  }

  private static ViewCut.PageBounds all() {
    return TestViews.bounds(100, 1 << 20, true);
  }

  private static List<String> skus(ViewCut cut, SkuFilter filter) {
    return cut.page("", filter, all()).items().stream().map(GlobalItem::sku).toList();
  }

  private static ViewUpdate level(String store, String sku, StockLevel level, SkuTotal total) {
    Map<StockKey, StockLevel> levels = Map.of(new StockKey(store, sku), level);
    return TestViews.update(
        levels, Map.of(sku, total), Map.of(), Map.of(0, ViewCursor.START), List.of());
  }

  private static List<String> stores(GlobalItem item) {
    return item.stores().stream().map(GlobalItem.InStore::store).toList();
  }

  /** One unit of each item, named store/sku. */
  private static ViewUpdate update(ViewCursor cursor, String... items) {
    Map<StockKey, StockLevel> levels = new HashMap<>();
    Map<String, SkuTotal> totals = new HashMap<>();
    for (String item : items) {
      String[] names = item.split("/", 2);
      levels.put(new StockKey(names[0], names[1]), StockLevel.opening(1));
      totals.put(names[1], TestViews.total(1, 0, 1));
    }
    return TestViews.update(levels, totals, Map.of(), Map.of(0, cursor), List.of());
  }
}
