package dev.holdfast.aggregator.deadletter;

import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.common.domain.EventBatch;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects the effects of one write of the view on the dead letter queue. For the writer thread.
 */
public final class LetterWrite {
  private final DeadLetters letters;
  private final LetterChanges changes;
  private @Nullable RetryRound round;

  LetterWrite(DeadLetters letters, LetterChanges changes) {
    this.letters = letters;
    this.changes = changes;
  }

  /** Where the changes of a batch go; ended when the batch is folded. */
  public BatchParking parking(EventBatch batch, byte[] encoded) {
    return letters.parking(batch, encoded, changes);
  }

  /**
   * Tries what is due or asked for. Not in a write that folds batches: what these park is not
   * stored yet.
   *
   * @param cursors the stored ones, by partition
   */
  public void retry(Projection projection, IntFunction<Cursor> cursors) {
    round = letters.retry(changes, projection, cursors);
  }

  /** Whether so much of a partition is parked, with this write, that no more of it may be read. */
  public boolean isFull(int partition) {
    return letters.isFull(changes.counts(partition));
  }

  public LetterUpdate update() {
    return changes.update();
  }

  /** The update is stored, together with the view. */
  public void stored() {
    letters.stored(changes.update());
    if (round != null) {
      round.stored();
    }
  }
}
