package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.ItemHistory;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/** An item's movements on the snapshot of a cut. What is before the beginning is not seen. */
record RocksItemHistory(
    ViewDatabase database,
    ReadOptions read,
    StockKey item,
    HistorySince since,
    @Nullable StockLevel level)
    implements ItemHistory {

  @Override
  public @Nullable Movement lastThrough(long sequence) {
    return first(list(since.sequence(), sequence, true, 1));
  }

  @Override
  public @Nullable Movement firstBehind(long sequence) {
    return first(list(sequence, Long.MAX_VALUE, false, 1));
  }

  private static @Nullable Movement first(List<Movement> found) {
    return found.isEmpty() ? null : found.get(0);
  }

  /** Time never runs backwards in a partition, so this halves what is left with each look. */
  @Override
  public long sequenceAt(long timeMillis) {
    Movement last = lastThrough(Long.MAX_VALUE);
    if (last == null || last.header().timeMillis() <= timeMillis) {
      return last == null ? since.sequence() : last.sequence();
    }
    long through = since.sequence();
    long tooLate = last.sequence();
    while (through < tooLate - 1) {
      long middle = through + (tooLate - through) / 2;
      Movement found = firstBehind(middle - 1);
      if (found != null && found.header().timeMillis() <= timeMillis) {
        through = found.sequence();
      } else {
        tooLate = middle;
      }
    }
    return through;
  }

  @Override
  public List<Movement> list(long behind, long through, boolean newestFirst, int max) {
    long from = Math.max(behind, since.sequence());
    List<Movement> found = new ArrayList<>();
    if (from >= through) {
      return found;
    }
    byte[] start = MovementKeys.movement(item, newestFirst ? through : from + 1);
    try (FamilyRows movements = database.rows(Family.MOVEMENTS, read)) {
      seek(movements, start, newestFirst);
      while (found.size() < max && isIn(movements, start, from, through)) {
        long sequence = MovementKeys.sequence(movements.key());
        found.add(MovementCodec.movement(item, sequence, movements.value()));
        movements.step(newestFirst);
      }
    }
    return found;
  }

  private static void seek(FamilyRows movements, byte[] start, boolean newestFirst) {
    if (newestFirst) {
      movements.seekBack(start);
    } else {
      movements.seek(start);
    }
  }

  private static boolean isIn(FamilyRows movements, byte[] start, long behind, long through) {
    if (!movements.isValid() || !MovementKeys.isSameItem(start, movements.key())) {
      return false;
    }
    long sequence = MovementKeys.sequence(movements.key());
    return sequence > behind && sequence <= through;
  }
}
