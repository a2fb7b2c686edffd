package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.testing.HistoryCheck;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is parked is not in the history until it is applied, and then as if it never was. */
class ParkedMovementsTest {
  private static final StockKey MUG = new StockKey("berlin", "mug");

  @TempDir private Path directory;
  private final PartitionLog log =
      new PartitionLog(0)
          .append(List.of(new Event.ItemCreated(MUG, StockLevel.opening(5))))
          .append(
              List.of(
                  new Event.StockAdjusted(
                      MUG, -2, AdjustmentReason.SALE, new StockLevel(3, 0, 2))));

  private static void deliver(TestIngest ingest, PartitionLog log) {
    WriteCycle cycle = ingest.cycle();
    for (int index = 0; index < log.size(); index++) {
      cycle.take(ingest.delivery(0, TestIngest.message(log, index)));
    }
    cycle.finish();
  }

  @Test
  void shouldAppearInOrderWithTimeAndAskerWhenTheyAreApplied() throws Exception {
    try (TestIngest ingest = new TestIngest(directory, 1)) {
      ingest.faultySkus().add("mug");
      deliver(ingest, log);
      assertThat(HistoryCheck.movements(ingest.store(), 0, MUG)).isEmpty();

      ingest.crash(); // letters are read back
      ingest.faultySkus().clear();
      ingest.pass(Duration.ofSeconds(10));

      List<Movement> movements = HistoryCheck.movements(ingest.store(), 0, MUG);
      assertThat(movements).extracting(Movement::sequence).containsExactly(1L, 2L);
      HistoryCheck.assertComplete(ingest.store(), log);
      var sale = movements.get(1).header();
      assertThat(sale.timeMillis()).isEqualTo(log.batch(1).timeMillis());
      assertThat(sale.origin()).isEqualTo(Origin.SYSTEM);
      assertThat(sale.reference()).isEqualTo("order-1");
      assertThat(sale.facts().reason()).isEqualTo("SALE");
    }
  }

  @Test
  void shouldBeginTheHistoryBehindAChangeThatIsGivenUp() throws Exception {
    try (TestIngest ingest = new TestIngest(directory, 1)) {
      ingest.faultySkus().add("mug");
      deliver(ingest, log);
      var discarded = ingest.requests().discard(new LetterId(0, 1, MUG), "counted by hand");
      ingest.faultySkus().clear();

      ingest.retry();

      assertThat(discarded).isCompleted();
      assertThat(HistoryCheck.movements(ingest.store(), 0, MUG))
          .extracting(Movement::sequence)
          .containsExactly(2L);
      assertThat(HistoryCheck.since(ingest.store(), 0))
          .isEqualTo(new HistorySince(1, log.batch(0).timeMillis()));
      ingest.crash();
      assertThat(HistoryCheck.since(ingest.store(), 0).sequence()).isEqualTo(1);
    }
  }

  @Test
  void shouldBeginTheHistoryAnewWhenARebuildMadeThemMoot() throws Exception {
    try (TestIngest ingest = new TestIngest(directory, 1)) {
      ingest.faultySkus().add("mug");
      deliver(ingest, log);

      ingest.rebuild(log, 1, false);

      assertThat(HistoryCheck.since(ingest.store(), 0))
          .isEqualTo(new HistorySince(2, log.batch(1).timeMillis()));
      HistoryCheck.assertComplete(ingest.store(), log);
    }
  }
}
