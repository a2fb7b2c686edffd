package dev.holdfast.aggregator.deadletter;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.view.ItemChange;
import dev.holdfast.aggregator.view.Parking;
import dev.holdfast.common.codec.CorruptBatchException;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Parks the changes of one batch. */
public final class BatchParking implements Parking {
  private final EventBatch batch;
  private final byte[] encoded;
  private final ParkedItems parked;
  private final LetterChanges changes;
  private final RetryPace pace;
  private long applied;
  private @Nullable ByteString event;
  private int eventIndex;

  BatchParking(
      EventBatch batch, byte[] encoded, ParkedItems parked, LetterChanges changes, RetryPace pace) {
    this.batch = batch;
    this.encoded = encoded;
    this.parked = parked;
    this.changes = changes;
    this.pace = pace;
  }

  @Override
  public boolean isParked(StockKey item) {
    return parked.isParked(item);
  }

  @Override
  public void forEachParked(BiConsumer<StockKey, StockLevel> visitor) {
    parked.forEach(batch.partition(), visitor);
  }

  @Override
  public void applied() {
    applied++;
  }

  @Override
  public void unreadable(int index, RuntimeException cause) {
    failed(index, UNKNOWN, cause);
  }

  @Override
  public void failed(int index, ItemChange change, RuntimeException cause) {
    failed(index, change.item(), cause);
    parked.setLevel(change.item(), change.after());
  }

  private void failed(int index, StockKey item, RuntimeException cause) {
    DeadLetter letter = DeadLetter.failed(id(index, item), cause, pace, stamp(index));
    changes.parked(letter, event(index));
    parked.put(letter);
  }

  @Override
  public void waits(int index, ItemChange change) {
    StockKey item = change.item();
    LetterId first = parked.first(item);
    String reason = first == null ? "" : "waits behind " + first.text();
    DeadLetter letter = DeadLetter.waiting(id(index, item), reason, pace, stamp(index));
    changes.parked(letter, event(index));
    parked.setLevel(item, change.after());
  }

  private EventStamp stamp(int index) {
    return new EventStamp(batch.timeMillis(), batch.events().get(index).origin());
  }

  private LetterId id(int index, StockKey item) {
    return new LetterId(batch.partition(), batch.firstSequence() + index, item);
  }

  /** An order may park thousands of changes of one large event, which is copied once. */
  private ByteString event(int index) {
    if (event == null || eventIndex != index) {
      event = copied(index);
      eventIndex = index;
    }
    return event;
  }

  private ByteString copied(int index) {
    try {
      return ByteString.copyFrom(RawEvents.at(encoded, index));
    } catch (CorruptBatchException e) {
      throw new IllegalStateException("a batch that was read cannot be read again", e);
    }
  }

  /** The whole batch was folded. */
  public void end() {
    if (applied > 0) {
      changes.applied(batch.partition(), applied);
    }
  }
}
