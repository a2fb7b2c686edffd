package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.StockLevel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The movements of one item, and its level, at the moment of a cut. Lives as long as the cut. */
public interface ItemHistory {
  HistorySince since();

  /** The item as the view has it; null when it does not. */
  @Nullable StockLevel level();

  /** The last movement at a sequence or before it. */
  @Nullable Movement lastThrough(long sequence);

  /** The first movement behind a sequence. */
  @Nullable Movement firstBehind(long sequence);

  /** The sequence of the last movement at a time or before it, or that of {@link #since()}. */
  long sequenceAt(long timeMillis);

  /** Movements behind one sequence and up to another, in order or against it. */
  List<Movement> list(long behind, long through, boolean newestFirst, int max);

  /**
   * The level after everything up to a sequence. What went before the history began is known from
   * the movement that came next, or, when there was none, from the level now.
   *
   * @param sequence not before {@link #since()}
   * @return empty when the item was not there
   */
  default Optional<StockLevel> asOf(long sequence) {
    Movement last = lastThrough(sequence);
    if (last != null) {
      return Optional.of(last.after());
    }
    Movement next = firstBehind(sequence);
    return next != null ? Optional.ofNullable(next.before()) : Optional.ofNullable(level());
  }
}
