package dev.holdfast.aggregator.deadletter;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.view.Parking;
import dev.holdfast.common.codec.CorruptBatchException;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.StockKey;

/** Parks the changes of one batch. */
public final class BatchParking implements Parking {
  private final EventBatch batch;
  private final byte[] encoded;
  private final OpenLetters open;
  private final LetterChanges changes;
  private final Pace pace;
  private long applied;

  BatchParking(
      EventBatch batch, byte[] encoded, OpenLetters open, LetterChanges changes, Pace pace) {
    this.batch = batch;
    this.encoded = encoded;
    this.open = open;
    this.changes = changes;
    this.pace = pace;
  }

  @Override
  public boolean holds(StockKey item) {
    return open.isHeld(item);
  }

  @Override
  public boolean holdsAny() {
    return changes.anyParked(batch.partition());
  }

  @Override
  public void applied() {
    applied++;
  }

  @Override
  public void failed(int index, StockKey item, RuntimeException cause) {
    DeadLetter letter = DeadLetter.failed(id(index, item), Reasons.of(cause), pace, event(index));
    changes.parked(letter);
    open.put(letter);
  }

  @Override
  public void waits(int index, StockKey item) {
    LetterId first = open.first(item);
    String reason = first == null ? "" : "waits behind " + first.text();
    changes.parked(DeadLetter.waiting(id(index, item), reason, pace, event(index)));
  }

  private LetterId id(int index, StockKey item) {
    return new LetterId(batch.partition(), batch.firstSequence() + index, item);
  }

  private ByteString event(int index) {
    try {
      return ByteString.copyFrom(RawEvents.at(encoded, index));
    } catch (CorruptBatchException e) {
      throw new IllegalStateException("a batch that was read can not be read again", e);
    }
  }

  /** The whole batch was folded. */
  public void end() {
    if (applied > 0) {
      changes.applied(batch.partition(), applied);
    }
  }
}
