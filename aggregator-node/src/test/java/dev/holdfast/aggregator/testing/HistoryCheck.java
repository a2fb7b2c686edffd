package dev.holdfast.aggregator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.ItemHistory;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewReader;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the kept movements of a partition with its log, read a second way. */
public final class HistoryCheck {
  private HistoryCheck() {}

  /** Whether the history says, from where it begins to the cursor, just what the log says. */
  public static void assertComplete(ViewReader view, PartitionLog log) {
    try (ViewCut cut = view.cut()) {
      long through = cut.cursor(log.partition()).sequence();
      Map<StockKey, StockLevel> now = levels(log, through);
      for (StockKey item : now.keySet()) {
        ItemHistory history = cut.history(log.partition(), item);
        assertThat(history.level()).isEqualTo(now.get(item));
        assertMovements(history, item);
        assertAsOf(history, log, item, through);
      }
    }
  }

  private static Map<StockKey, StockLevel> levels(PartitionLog log, long through) {
    return new ReferenceView().include(log.eventsThrough(through)).levels();
  }

  private static void assertMovements(ItemHistory history, StockKey item) {
    List<Movement> movements = history.list(0, Long.MAX_VALUE, false, Integer.MAX_VALUE);
    StockLevel before = movements.isEmpty() ? history.level() : movements.get(0).before();
    for (Movement movement : movements) {
      assertThat(movement.item()).isEqualTo(item);
      assertThat(movement.sequence()).isGreaterThan(history.since().sequence());
      assertThat(movement.before()).isEqualTo(before);
      // An order is one movement of several steps, and terms that were so already are none.
      assertThat(movement.after().version()).isGreaterThanOrEqualTo(version(before));
      assertThat(movement.after().onHand() - movement.onHandDelta())
          .isEqualTo(before == null ? 0 : before.onHand());
      before = movement.after();
    }
    assertThat(before).as("the fold of the movements").isEqualTo(history.level());
    List<Movement> newestFirst =
        new ArrayList<>(history.list(0, Long.MAX_VALUE, true, Integer.MAX_VALUE));
    Collections.reverse(newestFirst);
    assertThat(newestFirst).isEqualTo(movements);
  }

  private static long version(@Nullable StockLevel level) {
    return level == null ? 0 : level.version();
  }

  /** At the end of every batch, by sequence and by time. */
  private static void assertAsOf(
      ItemHistory history, PartitionLog log, StockKey item, long through) {
    HistorySince since = history.since();
    for (int index = 0; index < log.size(); index++) {
      EventBatch batch = log.batch(index);
      if (batch.lastSequence() >= since.sequence() && batch.lastSequence() <= through) {
        Optional<StockLevel> expected =
            Optional.ofNullable(levels(log, batch.lastSequence()).get(item));
        assertThat(history.asOf(batch.lastSequence())).isEqualTo(expected);
        assertThat(history.asOf(history.sequenceAt(batch.timeMillis()))).isEqualTo(expected);
      }
    }
  }

  /** Where the history of a partition begins. */
  public static HistorySince since(ViewReader view, int partition) {
    try (ViewCut cut = view.cut()) {
      return cut.history(partition, new StockKey("any", "any")).since();
    }
  }

  /** Movements of an item, oldest first. */
  public static List<Movement> movements(ViewReader view, int partition, StockKey item) {
    try (ViewCut cut = view.cut()) {
      return cut.history(partition, item).list(0, Long.MAX_VALUE, false, Integer.MAX_VALUE);
    }
  }
}
