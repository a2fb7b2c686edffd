package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewClosedException;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native memory that is freed under a reader takes the whole process with it. */
class ClosingWhileReadTest {
  private static final int SKUS = 2_000;
  private static final int READERS = 4;

  @TempDir private Path directory;

  private final ExecutorService threads = Executors.newFixedThreadPool(READERS);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void shouldEndScansOfAllRecordsWhenItIsClosed() throws Exception {
    closeDuring(ClosingWhileReadTest::readRecords);
  }

  @Test
  void shouldEndScansOfTotalsWhenItIsClosed() throws Exception {
    closeDuring(
        store -> {
          try (ViewCut cut = store.cut()) {
            cut.totals((sku, stored, summed) -> true);
          }
        });
  }

  @Test
  void shouldWaitForPagesAndLettersAndSweepsWhenItIsClosed() throws Exception {
    closeDuring(
        store -> {
          try (ViewCut cut = store.cut()) {
            cut.page("", TestViews.ANY, TestViews.bounds(SKUS, 1 << 20, true));
          }
          store.letters().page(null, letter -> true, 10);
          store.violations().newest(10, Long.MAX_VALUE);
          store.syncFlag().isStopped();
        });
  }

  @Test
  void shouldEndAScanWhoseThreadIsInterrupted() throws Exception {
    try (ViewStore store = filled()) {
      CountDownLatch reading = new CountDownLatch(1);
      var reader =
          CompletableFuture.runAsync(
              () -> {
                Thread.currentThread().interrupt();
                reading.countDown();
                readRecords(store);
              },
              threads);

      assertThatThrownBy(() -> reader.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ViewClosedException.class);
    }
  }

  private void closeDuring(Consumer<ViewStore> read) throws Exception {
    ViewStore store = filled();
    CountDownLatch reading = new CountDownLatch(READERS);
    List<CompletableFuture<Void>> readers =
        java.util.stream.IntStream.range(0, READERS)
            .mapToObj(
                any -> CompletableFuture.runAsync(() -> keepOn(store, read, reading), threads))
            .toList();
    assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();

    store.close();

    for (CompletableFuture<Void> reader : readers) {
      assertThatThrownBy(() -> reader.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ViewClosedException.class);
    }
    assertThatThrownBy(store::cut).isInstanceOf(ViewClosedException.class);
    ViewStore.open(directory, "cluster", "a-1", TestKeys.usual())
        .close(); // nobody has it open any more
  }

  private static void keepOn(ViewStore store, Consumer<ViewStore> read, CountDownLatch reading) {
    read.accept(store);
    reading.countDown();
    while (true) {
      read.accept(store);
    }
  }

  private static void readRecords(ViewStore store) {
    try (ViewCut cut = store.cut()) {
      cut.records((item, level) -> {});
    }
  }

  private ViewStore filled() throws Exception {
    ViewStore store = ViewStore.open(directory, "cluster", "a-1", TestKeys.usual());
    Map<StockKey, StockLevel> levels = new HashMap<>();
    Map<String, SkuTotal> totals = new HashMap<>();
    for (int i = 0; i < SKUS; i++) {
      levels.put(new StockKey("berlin", "sku-" + i), StockLevel.opening(1));
      totals.put("sku-" + i, TestViews.total(1, 0, 1));
    }
    store.write(
        TestViews.update(levels, totals, Map.of(), Map.of(0, ViewCursor.START), List.of()),
        LetterUpdate.NONE);
    return store;
  }
}
