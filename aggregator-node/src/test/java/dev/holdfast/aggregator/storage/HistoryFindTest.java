package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.history.MovementStore;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.view.EventHeader;
import dev.holdfast.aggregator.view.HistoryPage;
import dev.holdfast.aggregator.view.HistorySearch;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.RefusedCommand;
import dev.holdfast.aggregator.view.SearchKey;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.EventKind;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.log.v1.ViewMetaRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksIterator;

/** What happened, found by other names than that of the item, as long as it is kept. */
class HistoryFindTest {
  private static final StockKey MUG = new StockKey("berlin", "mug");
  private static final StockKey CUP = new StockKey("paris", "cup");
  private static final String ALL = "";
  private static final byte[] BEGIN = new byte[0];

  @TempDir private Path directory;
  private ViewStore store;

  @BeforeEach
  void open() throws Exception {
    store = ViewStore.open(directory, "c1", "aggregator", TestKeys.usual());
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Of stores in partition 0 (berlin) and 1. */
  private static int partitionOf(String name) {
    return name.equals("berlin") ? 0 : 1;
  }

  private static Movement movement(StockKey item, long sequence, String reference, long onHand) {
    EventFacts facts = new EventFacts(EventKind.STOCK_ADJUSTED, item.store(), "", "r-1", "SALE");
    Origin origin = new Origin("q-" + sequence, "me");
    StockLevel before = new StockLevel(onHand + 1, 0, sequence, 0, 1, StockLevel.State.ACTIVE);
    StockLevel after = new StockLevel(onHand, 0, sequence + 1, 0, 1, StockLevel.State.ACTIVE);
    EventHeader header = new EventHeader(sequence, 1_000 * sequence, facts, origin, reference);
    return new Movement(header, item, before, after);
  }

  private static RefusedCommand refused(StockKey item, long sequence) {
    Rejection why = Rejection.notFree(item.sku(), 5, new StockLevel(3, 1, 7));
    var event = new Event.CommandRejected(CommandKind.RESERVE, item.store(), "r-1", why);
    Origin origin = new Origin("q-" + sequence, "me");
    return new RefusedCommand(
        new EventHeader(sequence, 1_000 * sequence, event.facts(), origin, "o-1"), event);
  }

  private void write(List<Movement> movements, List<RefusedCommand> refused) {
    store.write(
        new ViewUpdate(
            Map.of(), Map.of(), Map.of(), Map.of(), movements, refused, List.of(), Map.of()),
        LetterUpdate.NONE);
  }

  private void writeSome() {
    write(
        List.of(movement(MUG, 1, "o-1", 7), movement(CUP, 2, "o-1", 1), movement(MUG, 4, "", 6)),
        List.of(refused(MUG, 3)));
  }

  private static HistorySearch search(SearchKey searchKey, String text) {
    return new HistorySearch(searchKey, text, ALL, ALL, 0, Long.MAX_VALUE - 1, false);
  }

  private List<Long> find(HistorySearch search) {
    return sequences(found(search, BEGIN, 100).entries());
  }

  private HistoryPage found(HistorySearch search, byte[] after, int max) {
    try (ViewCut cut = store.cut()) {
      return cut.find(search, HistoryFindTest::partitionOf, after, max);
    }
  }

  private static List<Long> sequences(List<HistoryPage.Entry> entries) {
    return entries.stream().map(HistoryFindTest::sequence).toList();
  }

  private static long sequence(HistoryPage.Entry entry) {
    return entry.movement() != null
        ? entry.movement().sequence()
        : Objects.requireNonNull(entry.refused()).header().sequence();
  }

  @Test
  void shouldFindByReferenceRequestAndReservationOverAllStores() {
    writeSome();

    assertThat(find(search(SearchKey.REFERENCE, "o-1"))).containsExactly(1L, 2L, 3L);
    assertThat(find(search(SearchKey.REFERENCE, "o-"))).isEmpty();
    assertThat(find(search(SearchKey.REFERENCE, "o-12"))).isEmpty();
    assertThat(find(search(SearchKey.REQUEST, "q-2"))).containsExactly(2L);
    assertThat(find(search(SearchKey.RESERVATION, "r-1"))).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void shouldTellMovementsAndRefusalsWhole() {
    writeSome();

    List<HistoryPage.Entry> entries =
        found(search(SearchKey.REFERENCE, "o-1"), BEGIN, 100).entries();
    assertThat(entries.get(1).movement()).isEqualTo(movement(CUP, 2, "o-1", 1));
    assertThat(entries.get(2).refused()).isEqualTo(refused(MUG, 3));
  }

  @Test
  void shouldFindRefusalsAndWhatRanOut() {
    writeSome();

    assertThat(find(search(SearchKey.REFUSED, ""))).containsExactly(3L);
    assertThat(find(search(SearchKey.RAN_OUT, "")))
        .as("one on hand, which is safety stock")
        .containsExactly(2L);
  }

  @Test
  void shouldKeepToStoreSkuAndTime() {
    writeSome();

    var ofParis = new HistorySearch(SearchKey.RESERVATION, "r-1", "paris", ALL, 0, 9_000, false);
    assertThat(find(ofParis)).containsExactly(2L);
    var ofMug = new HistorySearch(SearchKey.RESERVATION, "r-1", ALL, "mug", 1_001, 3_999, false);
    assertThat(find(ofMug)).containsExactly(3L);
    var newest = new HistorySearch(SearchKey.RESERVATION, "r-1", ALL, ALL, 2_000, 3_000, true);
    assertThat(find(newest)).containsExactly(3L, 2L);
  }

  @Test
  void shouldPageBothWays() {
    writeSome();

    for (boolean newestFirst : new boolean[] {false, true}) {
      var search =
          new HistorySearch(
              SearchKey.RESERVATION, "r-1", ALL, ALL, 0, Long.MAX_VALUE - 1, newestFirst);
      List<Long> paged = new ArrayList<>();
      HistoryPage page = found(search, BEGIN, 1);
      paged.addAll(sequences(page.entries()));
      while (page.last().length > 0) {
        page = found(search, page.last(), 1);
        assertThat(page.entries().size()).isLessThanOrEqualTo(1);
        paged.addAll(sequences(page.entries()));
        assertThat(paged).as("pages that never end").hasSizeLessThanOrEqualTo(4);
      }
      assertThat(paged).isEqualTo(newestFirst ? List.of(4L, 3L, 2L, 1L) : List.of(1L, 2L, 3L, 4L));
    }
  }

  @Test
  void shouldRemoveMarksAndRefusalsTogetherWithTheMovements() throws Exception {
    writeSome();
    var due =
        new MovementStore.Due(any -> 3_500, HistoryFindTest::partitionOf, (time, bytes) -> {});
    byte[] after = BEGIN;
    int removed = 0;
    do {
      MovementStore.Step step = store.movements().sweep(after, due, 1);
      after = step.last();
      removed += step.removed();
    } while (after.length > 0);

    assertThat(removed).isEqualTo(3);
    assertThat(find(search(SearchKey.RESERVATION, "r-1"))).containsExactly(4L);
    assertThat(find(search(SearchKey.REFUSED, ""))).isEmpty();
    assertThat(find(search(SearchKey.REFERENCE, "o-1"))).isEmpty();
    store.close();
    long left = marks();
    open();
    assertThat(left).as("of the movement that stays: request and reservation").isEqualTo(2);
  }

  @Test
  void shouldNotFindWhatIsBeforeTheHistoryOfARebuiltPart() {
    writeSome();
    store
        .parts()
        .rebuilt(
            0,
            ViewCursor.START.at(9, ViewCursor.START.batchHash(), 9_000),
            Set.of(),
            LetterUpdate.NONE);

    assertThat(find(search(SearchKey.RESERVATION, "r-1")))
        .as("paris is in partition 1")
        .containsExactly(2L);
    try (ViewCut cut = store.cut()) {
      assertThat(cut.historySince(0).sequence()).isEqualTo(9);
      assertThat(cut.historySince(1).sequence()).isZero();
    }
  }

  @Test
  void shouldKeepNothingWhenHistoryIsOff() throws Exception {
    store.keepHistory(false);
    writeSome();

    assertThat(find(search(SearchKey.RESERVATION, "r-1"))).isEmpty();
    assertThat(find(search(SearchKey.REFUSED, ""))).isEmpty();
  }

  @Test
  void shouldKeepTheFormatOfMarks() {
    List<byte[]> keys = MarkKeys.of(movement(CUP, 258, "o-1", 1));
    String place = "000000000003efd0" + "0000000000000102" + "00" + "7061726973" + "00" + "637570";

    assertThat(keys.stream().map(HexFormat.of()::formatHex))
        .containsExactly(
            "01" + "6f2d31" + "00" + place,
            "02" + "712d323538" + "00" + place,
            "03" + "722d31" + "00" + place,
            "05" + "00" + place);
    assertThat(MarkKeys.of(refused(MUG, 3)))
        .hasSize(4)
        .last()
        .satisfies(key -> assertThat(HexFormat.of().formatHex(key)).startsWith("0400"));
  }

  @Test
  void shouldKeepTheFormatOfRefusals() {
    byte[] key = MovementKeys.movement(MUG, 3);
    String golden =
        "08b817" // time
            + "12207a1e" // event
            + "0803"
            + "1006"
            + "1a066265726c696e"
            + "22036d7567"
            + "2a03722d31"
            + "3005"
            + "3802"
            + "5001"
            + "6803"
            + "1a026d65" // principal
            + "2203712d33" // request id
            + "2a036f2d31"; // reference

    assertThat(HexFormat.of().formatHex(MovementCodec.encode(refused(MUG, 3)))).isEqualTo(golden);
    assertThat(MovementCodec.refused(key, HexFormat.of().parseHex(golden)))
        .isEqualTo(refused(MUG, 3));
  }

  @Test
  void shouldTurnFormat4IntoFormat5() throws Exception {
    assumeThat(TestKeys.usual().isOn()).isFalse(); // it is made past the store
    writeSome();
    store.close();
    LetterId id = new LetterId(0, 7, MUG);
    try (ViewDatabase database = new ViewDatabase(directory, null)) {
      try (RocksIterator marks = database.db().newIterator(database.handle(Family.MARKS))) {
        for (marks.seekToFirst(); marks.isValid(); marks.next()) {
          database.db().delete(database.handle(Family.MARKS), marks.key());
        }
      }
      byte[] letter = HexFormat.of().parseHex("0802" + "420101"); // parked, with its event
      database.db().put(database.handle(Family.LETTERS), LetterKeys.letter(id), letter);
      byte[] meta = database.db().get(database.handle(Family.META), ViewKeys.META);
      ViewMetaRecord before = ViewMetaRecord.parseFrom(meta).toBuilder().setFormat(4).build();
      database.db().put(database.handle(Family.META), ViewKeys.META, before.toByteArray());
    }

    open();

    assertThat(find(search(SearchKey.REFERENCE, "o-1"))).containsExactly(1L, 2L);
    assertThat(store.letters().event(id.place())).hasSize(1);
    DeadLetter kept = Objects.requireNonNull(store.letters().letter(id));
    assertThat(kept.isOpen()).isTrue();
    store.close();
    try (ViewDatabase database = new ViewDatabase(directory, null)) {
      byte[] letter = database.db().get(database.handle(Family.LETTERS), LetterKeys.letter(id));
      assertThat(LetterRecordCodec.event(letter)).as("it stands once").isEmpty();
      byte[] meta = database.db().get(database.handle(Family.META), ViewKeys.META);
      assertThat(ViewMetaRecord.parseFrom(meta).getFormat()).isEqualTo(5);
    }
    open();
  }

  private int marks() throws Exception {
    try (ViewDatabase database = new ViewDirectory(directory, TestKeys.usual()).open();
        RocksIterator marks = database.db().newIterator(database.handle(Family.MARKS))) {
      int count = 0;
      for (marks.seekToFirst(); marks.isValid(); marks.next()) {
        count++;
      }
      return count;
    }
  }
}
