package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.history.MovementStore;
import dev.holdfast.aggregator.testing.HistoryCheck;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.EventHeader;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.EventKind;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The movements as they are kept, and removed. */
class MovementTableTest {
  private static final StockKey MUG = new StockKey("berlin", "mug");
  private static final StockKey MUGS = new StockKey("berlin", "mugs");

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

  private static Movement movement(StockKey item, long sequence) {
    StockLevel after = new StockLevel(300 + sequence, 2, sequence);
    StockLevel before = sequence == 1 ? null : new StockLevel(299 + sequence, 2, sequence - 1);
    EventFacts facts = new EventFacts(EventKind.STOCK_ADJUSTED, item.store(), "", "r-1", "FOUND");
    Origin origin = new Origin("req", "me");
    return new Movement(
        new EventHeader(sequence, 1_000 * sequence, facts, origin, "o-1"), item, before, after);
  }

  private void write(long cursor, Movement... movements) {
    Map<Integer, ViewCursor> cursors = Map.of(0, at(cursor));
    store.write(
        TestViews.update(Map.of(), Map.of(), Map.of(), cursors, List.of(movements), List.of()),
        LetterUpdate.NONE);
  }

  private static ViewCursor at(long sequence) {
    return ViewCursor.START.at(sequence, ViewCursor.START.batchHash(), 1_000 * sequence);
  }

  private List<Long> sequences(StockKey item) {
    return HistoryCheck.movements(store, 0, item).stream().map(Movement::sequence).toList();
  }

  private HistorySince since() {
    return HistoryCheck.since(store, 0);
  }

  @Test
  void shouldKeepTheFormats() {
    Movement movement = movement(MUG, 258);
    String golden =
        "08d0df0f" // time
            + "100b" // kind
            + "1a08"
            + "08ad04"
            + "1002"
            + "188102" // before
            + "2208"
            + "08ae04"
            + "1002"
            + "188202" // after
            + "2a026d65" // principal
            + "3203726571" // request id
            + "3a036f2d31" // reference
            + "4203722d31" // reservation
            + "4a05464f554e44"; // reason

    assertThat(hex(MovementKeys.movement(MUG, 258)))
        .isEqualTo("6265726c696e" + "00" + "6d7567" + "00" + "0000000000000102");
    assertThat(hex(MovementCodec.encode(movement))).isEqualTo(golden);
    assertThat(MovementCodec.movement(MUG, 258, HexFormat.of().parseHex(golden)))
        .isEqualTo(movement);
    HistorySince since = new HistorySince(300, 301);
    assertThat(hex(MovementCodec.encode(since))).isEqualTo("08ac02" + "10ad02");
    assertThat(MovementCodec.since(HexFormat.of().parseHex("08ac0210ad02"))).isEqualTo(since);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void shouldListTheMovementsOfOneItemWithinBounds() {
    write(9, movement(MUG, 1), movement(MUG, 3), movement(MUG, 256), movement(MUGS, 2));

    assertThat(sequences(MUG)).containsExactly(1L, 3L, 256L);
    try (ViewCut cut = store.cut()) {
      var history = cut.history(0, MUG);
      assertThat(history.list(1, 255, true, 9)).extracting(Movement::sequence).containsExactly(3L);
      assertThat(history.list(0, Long.MAX_VALUE, true, 2))
          .extracting(Movement::sequence)
          .containsExactly(256L, 3L);
      assertThat(history.list(3, 3, false, 9)).isEmpty();
      assertThat(history.sequenceAt(999)).isZero();
      assertThat(history.sequenceAt(1_000)).isEqualTo(1);
      assertThat(history.sequenceAt(255_999)).isEqualTo(3);
      assertThat(history.sequenceAt(999_999)).isEqualTo(256);
    }
  }

  @Test
  void shouldRemoveOldMovementsInStepsAndSayFromWhereTheRestIsComplete() {
    write(6, movement(MUG, 1), movement(MUG, 3), movement(MUG, 5), movement(MUGS, 2));
    MovementStore.Due due = new MovementStore.Due(any -> 3_001, any -> 0, (time, bytes) -> {});

    MovementStore.Step first = store.movements().sweep(new byte[0], due, 2);
    assertThat(first.isLast()).isFalse();
    assertThat(first.removed()).isEqualTo(2);
    assertThat(since()).isEqualTo(new HistorySince(3, 3_000));
    assertThat(sequences(MUG)).containsExactly(5L);
    assertThat(sequences(MUGS)).as("there still, but not complete").isEmpty();

    MovementStore.Step second = store.movements().sweep(first.last(), due, 2);
    assertThat(second.removed()).isOne();
    assertThat(store.movements().sweep(second.last(), due, 2).isLast())
        .as("behind the refusals")
        .isTrue();
    try (ViewCut cut = store.cut()) {
      assertThat(cut.history(0, MUG).asOf(3))
          .as("what the movement after that tells")
          .isEqualTo(Optional.of(new StockLevel(304, 2, 4)));
    }
  }

  @Test
  void shouldBeginWhereAPartWasReplacedByALaterState() throws Exception {
    write(6, movement(MUG, 1), movement(MUG, 5));

    store.parts().rebuilt(0, at(6), Set.of(), LetterUpdate.NONE);
    assertThat(since()).as("nothing was skipped").isEqualTo(HistorySince.BEGINNING);
    store.parts().rebuilt(0, at(9), Set.of(), LetterUpdate.NONE);
    assertThat(since()).isEqualTo(new HistorySince(9, 9_000));
    assertThat(sequences(MUG)).isEmpty();

    write(10, movement(MUG, 10));
    assertThat(sequences(MUG)).containsExactly(10L);
    MovementStore.Due nothingOld = new MovementStore.Due(any -> 0, any -> 0, (time, bytes) -> {});
    assertThat(store.movements().sweep(new byte[0], nothingOld, 9).removed())
        .as("what is before the beginning")
        .isEqualTo(2);
  }

  @Test
  void shouldBeginAnewAfterATimeWithoutHistory() throws Exception {
    store.bindPartitions(1);
    store.keepHistory(true);
    write(1, movement(MUG, 1));
    store.keepHistory(false);
    write(2, movement(MUG, 2));
    store.close();

    open();
    store.keepHistory(true);
    write(3, movement(MUG, 3));
    assertThat(since()).isEqualTo(new HistorySince(2, 2_000));
    assertThat(sequences(MUG)).containsExactly(3L);

    store.keepHistory(true);
    assertThat(since()).isEqualTo(new HistorySince(2, 2_000));
  }
}
