package dev.holdfast.store.state.db;

import dev.holdfast.common.domain.EventBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The last few batches that were read for one of their events. Whoever asks again for an answer
 * usually asks for all of its neighbours too, and decoding thousands of events for each of them
 * would be slower than deciding them was. A batch in the log never changes. For any thread.
 */
final class RecentBatches {
  private static final int BATCHES_MAX = 8;

  private final Deque<EventBatch> batches = new ArrayDeque<>(BATCHES_MAX);

  synchronized @Nullable EventBatch holding(long sequence) {
    for (EventBatch batch : batches) {
      if (batch.firstSequence() <= sequence && sequence <= batch.lastSequence()) {
        return batch;
      }
    }
    return null;
  }

  synchronized void add(EventBatch batch) {
    if (batches.size() == BATCHES_MAX) {
      batches.removeLast();
    }
    batches.addFirst(batch);
  }
}
