package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.ingest.PartStorage;
import dev.holdfast.aggregator.ingest.RecordRun;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.invariant.Violation;
import dev.holdfast.aggregator.testing.CrashedCopy;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartStorageTest {
  private static final StockKey BERLIN = new StockKey("berlin", "mug");
  private static final StockKey PARIS = new StockKey("paris", "mug");
  private static final StateDigest ONE = new StateDigest(1, 0, 0, 0, 0, 0);
  private static final ViewCursor REBUILT =
      ViewCursor.START.at(9, ViewCursor.START.batchHash(), 5).with(ONE, PartTrust.rebuilt(9));

  @TempDir private Path directory;

  @Test
  void shouldReplaceRecordsAndThenTheirTotals() throws Exception {
    try (ViewStore store = open("a")) {
      PartStorage parts = store.parts();
      parts.load(Map.of(BERLIN, StockLevel.opening(5), PARIS, StockLevel.opening(7)), List.of());
      parts.load(Map.of(new StockKey("rome", "cup"), StockLevel.opening(1)), List.of(PARIS));

      PartStorage.TotalsStep first = parts.correctTotals("", 1);
      PartStorage.TotalsStep second = parts.correctTotals(first.lastSku(), 1);
      PartStorage.TotalsStep end = parts.correctTotals(second.lastSku(), 1);

      assertThat(first).isEqualTo(new PartStorage.TotalsStep("cup", false, 1));
      assertThat(second).isEqualTo(new PartStorage.TotalsStep("mug", false, 1));
      assertThat(end.isLast()).isTrue();
      assertThat(store.total("mug")).isEqualTo(TestViews.total(5, 0, 1));
      assertThat(store.level(PARIS)).isNull();
    }
  }

  @Test
  void shouldRemoveTheTotalOfASkuThatNoStoreHasAnyMore() throws Exception {
    try (ViewStore store = open("a")) {
      store.write(update(List.of()), LetterUpdate.NONE);
      store.parts().load(Map.of(), List.of(BERLIN));

      store.parts().correctTotals("", 10);

      try (ViewCut cut = store.cut()) {
        assertThat(cut.item("mug")).isEmpty();
      }
    }
  }

  @Test
  void shouldForgetWhatItHasAtHand() throws Exception {
    try (ViewStore store = open("a")) {
      store.write(update(List.of()), LetterUpdate.NONE);

      store.parts().load(Map.of(BERLIN, StockLevel.opening(9)), List.of());

      assertThat(store.level(BERLIN)).isEqualTo(StockLevel.opening(9));
    }
  }

  @Test
  void shouldHaveLoadedRecordsOnDiskWhenTheCursorSaysSo() throws Exception {
    try (ViewStore store = open("a")) {
      store.parts().rebuilding(0, ViewCursor.START.with(PartTrust.START.rebuilding("why")));
      store.parts().load(Map.of(BERLIN, StockLevel.opening(5)), List.of());
      store.parts().rebuilt(0, REBUILT, Set.of(), LetterUpdate.NONE);
      CrashedCopy.of(directory.resolve("a"), directory.resolve("b"));
    }
    try (ViewStore store = open("b")) {
      assertThat(store.cursors(1)).containsExactly(REBUILT);
      assertThat(store.level(BERLIN)).isEqualTo(StockLevel.opening(5));
    }
  }

  @Test
  void shouldKnowAfterACrashThatAPartIsHalfReplaced() throws Exception {
    try (ViewStore store = open("a")) {
      store.parts().rebuilding(0, ViewCursor.START.with(PartTrust.START.rebuilding("why")));
      store.parts().load(Map.of(BERLIN, StockLevel.opening(5)), List.of());
      CrashedCopy.of(directory.resolve("a"), directory.resolve("b"));
    }
    try (ViewStore store = open("b")) {
      assertThat(store.cursors(1).get(0).trust()).isEqualTo(new PartTrust(0, "why", true));
    }
  }

  @Test
  void shouldTakeInARunWhateverItsOrderOverWhatWasThere() throws Exception {
    try (ViewStore store = open("a")) {
      store.write(update(List.of()), LetterUpdate.NONE);
      RecordRun run = store.parts().run();
      run.add(PARIS, StockLevel.opening(7));
      run.add(BERLIN, StockLevel.opening(9));
      run.add(new StockKey("berlin", "cup"), StockLevel.opening(1));

      store.parts().takeIn(run.write());

      assertThat(run.isEmpty()).isTrue();
      assertThat(store.level(BERLIN)).isEqualTo(StockLevel.opening(9));
      try (ViewCut cut = store.cut()) {
        List<StockKey> items = new ArrayList<>();
        cut.records((item, level) -> items.add(item));
        assertThat(items).containsExactly(new StockKey("berlin", "cup"), BERLIN, PARIS);
      }
    }
  }

  @Test
  void shouldKeepARunThatWasTakenInAcrossACrash() throws Exception {
    try (ViewStore store = open("a")) {
      store.parts().rebuilding(0, ViewCursor.START.with(PartTrust.START.rebuilding("why")));
      store.parts().takeIn(runOf(BERLIN, 5, store));
      runOf(PARIS, 6, store); // written, and never taken in
      CrashedCopy.of(directory.resolve("a"), directory.resolve("b"));
    }
    try (ViewStore store = open("b")) {
      assertThat(store.level(BERLIN)).isEqualTo(StockLevel.opening(5));
      assertThat(store.level(PARIS)).isNull();
    }
  }

  @Test
  void shouldDeleteFilesThatWereNeverTakenInWhenAPartIsReplacedAnew() throws Exception {
    try (ViewStore store = open("a")) {
      Path left = runOf(PARIS, 6, store);

      store.parts().rebuilding(0, ViewCursor.START.with(PartTrust.START.rebuilding("why")));

      assertThat(left).doesNotExist();
    }
  }

  @Test
  void shouldCorrectManyTotalsAsWellAsFew() throws Exception {
    int many = 3_000;
    try (ViewStore store = open("a")) {
      store.write(update(List.of()), LetterUpdate.NONE);
      RecordRun run = store.parts().run();
      for (int i = 0; i < many; i++) {
        run.add(new StockKey("rome", "sku-%05d".formatted(i)), StockLevel.opening(i));
      }
      store.parts().takeIn(run.write());
      store.parts().load(Map.of(), List.of(BERLIN));

      PartStorage.TotalsStep step = store.parts().correctTotals("", many + 10);

      assertThat(step).isEqualTo(new PartStorage.TotalsStep("sku-02999", true, many + 1));
      assertThat(store.total("sku-00007")).isEqualTo(TestViews.total(7, 0, 1));
      assertThat(store.total("mug")).isNull();
    }
  }

  @Test
  void shouldKeepTheTotalOfASkuThatIsOnlyInTransit() throws Exception {
    StockLevel gone = new StockLevel(0, 0, 3, 5, 0, StockLevel.State.DELETED);
    try (ViewStore store = open("a")) {
      store.write(update(List.of()), LetterUpdate.NONE);
      store.parts().load(Map.of(BERLIN, gone), List.of());

      store.parts().correctTotals("", 10);

      assertThat(store.total("mug")).isEqualTo(new SkuTotal(0, 0, 0, 5, 0));
    }
  }

  private static Path runOf(StockKey item, long quantity, ViewStore store) {
    RecordRun run = store.parts().run();
    run.add(item, StockLevel.opening(quantity));
    return run.write();
  }

  @Test
  void shouldKeepViolationsUntilTheirPartIsRebuilt() throws Exception {
    DigestCheck found = new DigestCheck(0, 7, ONE, StateDigest.EMPTY);
    DigestCheck other = new DigestCheck(1, 8, ONE, StateDigest.EMPTY);
    Difference difference = new Difference(BERLIN, null, StockLevel.opening(5));
    try (ViewStore store = open("a")) {
      store.write(update(List.of(found)), LetterUpdate.NONE);
      store.parts().violated(other, ViewCursor.START, List.of(difference));
      store.parts().named(0, List.of(difference));
    }
    try (ViewStore store = open("a")) {
      assertThat(store.violations().open()).extracting(Violation::id).containsExactly(2L, 1L);

      store.parts().rebuilt(0, REBUILT, Set.of(), LetterUpdate.NONE);

      assertThat(store.violations().open()).extracting(Violation::check).containsExactly(other);
      Violation repaired = store.violations().newest(1, 2).get(0);
      assertThat(repaired.check()).isEqualTo(found);
      assertThat(repaired.differences()).containsExactly(difference);
      assertThat(repaired.repairedMillis()).isPositive();
      assertThat(store.violations().count()).isEqualTo(2);
    }
  }

  @Test
  void shouldRememberThatSyncIsStopped() throws Exception {
    try (ViewStore store = open("a")) {
      assertThat(store.syncFlag().isStopped()).isFalse();
      store.syncFlag().set(true);
    }
    try (ViewStore store = open("a")) {
      assertThat(store.syncFlag().isStopped()).isTrue();
    }
  }

  private ViewStore open(String name) throws DataDirectoryException {
    return ViewStore.open(directory.resolve(name), "c1", "agg", TestKeys.usual());
  }

  private static ViewUpdate update(List<DigestCheck> violated) {
    return TestViews.update(
        Map.of(BERLIN, StockLevel.opening(5)),
        Map.of("mug", TestViews.total(5, 0, 1)),
        Map.of(),
        Map.of(0, ViewCursor.START),
        violated);
  }
}
