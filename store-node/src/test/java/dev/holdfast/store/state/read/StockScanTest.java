package dev.holdfast.store.state.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.testing.Requests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StockScanTest {
  private static final List<String> STORES =
      List.of("ber", "berlin", "berlin 2", "Zürich", "ｚ", "\ud83d\udce6", "東京");
  private static final List<String> SKUS = List.of("a", "Z", "é", "ｚ", "\ud83d\ude00", "~");

  @TempDir private Path root;
  private TestStores stores;
  private final TestLog log = new TestLog();
  private StateStore store;
  private StockScan scan;
  private long index;

  @BeforeEach
  void open() {
    stores = new TestStores(root);
    store = stores.open("a");
    List<RecordedEvent> events = new ArrayList<>();
    for (StockKey item : items()) {
      Event event = new Event.ItemCreated(item, new StockLevel(events.size(), 0, 1));
      events.add(new RecordedEvent(event, Requests.ALICE, "", "", 0));
    }
    TestStores.apply(store, ++index, 1, log.batch(events.toArray(new RecordedEvent[0])));
    scan = new StockScan(store);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private static List<StockKey> items() {
    List<StockKey> items = new ArrayList<>();
    STORES.forEach(store -> SKUS.forEach(sku -> items.add(new StockKey(store, sku))));
    return items;
  }

  /** By the bytes of the store, then by those of the SKU. */
  private static List<StockKey> inByteOrder(List<StockKey> items) {
    Comparator<byte[]> bytes = Arrays::compareUnsigned;
    return items.stream()
        .sorted(
            Comparator.comparing((StockKey item) -> utf8(item.store()), bytes)
                .thenComparing(item -> utf8(item.sku()), bytes))
        .toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldListInByteOrder() {
    assertThat(keys(scan.after(null, null, 1_000))).isEqualTo(inByteOrder(items()));
  }

  @Test
  void shouldListTheSameInPages() {
    for (int size : new int[] {1, 2, 5, 41}) {
      assertThat(paged(null, size)).as("pages of %d", size).isEqualTo(inByteOrder(items()));
    }
  }

  /** "ber" is the beginning of "berlin", but another store. */
  @Test
  void shouldListOneStoreOnly() {
    for (String store : STORES) {
      List<StockKey> expected =
          inByteOrder(items().stream().filter(item -> item.store().equals(store)).toList());
      assertThat(paged(store, 4)).as(store).isEqualTo(expected);
    }
    assertThat(scan.after(null, "be", 10)).isEmpty();
  }

  @Test
  void shouldGoOnBehindAnItemThatIsNotThere() {
    StockKey between = new StockKey("berlin", "b");

    List<StockKey> keys = keys(scan.after(between, "berlin", 2));

    assertThat(keys).containsExactly(new StockKey("berlin", "~"), new StockKey("berlin", "é"));
  }

  /** A change between two reads shows that both are of the same moment. */
  @Test
  void shouldReadItemsTogetherWhateverIsAppliedMeanwhile() {
    StockKey first = new StockKey("berlin", "a");
    StockKey last = new StockKey("berlin", "~");
    long before = store.logEnd().sequence();
    long onHand = items().indexOf(last);

    StockScan.Together read =
        scan.at(
            () ->
                Stream.of(first, new StockKey("berlin", "none"), last)
                    .peek(item -> change(first, last))
                    .iterator());

    assertThat(store.logEnd().sequence()).isGreaterThan(before);
    assertThat(read.sequence()).isEqualTo(before);
    assertThat(read.rows()).containsOnlyKeys(first, last);
    assertThat(read.rows().values()).extracting(row -> row.level().onHand()).contains(onHand);
    assertThat(read.rows().values()).noneMatch(StockScan.Row::storeFrozen);
    assertThat(scan.at(List.of(last)).rows().values())
        .containsExactly(new StockScan.Row(last, new StockLevel(99, 0, 1), true));
  }

  @Test
  void shouldTellWhichStoresAreFrozen() {
    change(new StockKey("berlin", "a"));

    assertThat(scan.after(null, null, 1_000))
        .allMatch(row -> row.storeFrozen() == row.item().store().equals("berlin"));
  }

  /** Changes items, and freezes their store, in one batch. */
  private void change(StockKey... items) {
    Stream<Event> levels =
        Arrays.stream(items).map(item -> new Event.ItemCreated(item, new StockLevel(99, 0, 1)));
    Stream<Event> frozen =
        Stream.of(new TermsEvent.StoreTermsChanged(items[0].store(), false, true));
    RecordedEvent[] events =
        Stream.concat(levels, frozen)
            .map(event -> new RecordedEvent(event, Requests.ALICE, "", "", 0))
            .toArray(RecordedEvent[]::new);
    assertThat(TestStores.apply(store, ++index, 1, log.batch(events))).isTrue();
  }

  @Test
  void shouldEndAPageByWhatWasReadOrByItsBytes() {
    PageBounds reads = new PageBounds(100, 1 << 20, 3, 1 << 20);
    PageBounds bytes = new PageBounds(100, 1, 100, 1 << 20);
    PageBounds parsed = new PageBounds(100, 1 << 20, 100, 1);

    Page<StockScan.Row> three = scan.page(null, "berlin", reads);

    assertThat(three.rows()).hasSize(3);
    assertThat(three.end()).isEqualTo(three.rows().get(2).item());
    assertThat(scan.page(three.end(), "berlin", reads).rows()).hasSize(3);
    assertThat(scan.page(null, "berlin", bytes).rows()).hasSize(1);
    assertThat(scan.page(null, "berlin", parsed).rows()).hasSize(1);
    assertThat(scan.page(null, "berlin", PageBounds.of(6)).end()).isNull();
  }

  @Test
  void shouldTellTheLevels() {
    StockScan.Row row = scan.after(null, "berlin", 1).get(0);

    assertThat(row.level().onHand()).isEqualTo(items().indexOf(row.item()));
  }

  private List<StockKey> paged(@Nullable String store, int size) {
    List<StockKey> all = new ArrayList<>();
    List<StockKey> page = keys(scan.after(null, store, size));
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(size);
      all.addAll(page);
      page = keys(scan.after(page.get(page.size() - 1), store, size));
    }
    return all;
  }

  private static List<StockKey> keys(List<StockScan.Row> rows) {
    return rows.stream().map(StockScan.Row::item).toList();
  }
}
