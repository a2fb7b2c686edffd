package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;

/**
 * The time, place in the log and caller of an event, shared by all its movements.
 *
 * @param timeMillis the leader's time of the decision
 */
public record EventHeader(
    long sequence, long timeMillis, EventFacts facts, Origin origin, String reference) {

  static EventHeader of(EventBatch batch, int index) {
    return of(batch.firstSequence() + index, batch.timeMillis(), batch.events().get(index));
  }

  static EventHeader of(long sequence, long timeMillis, RecordedEvent event) {
    return new EventHeader(
        sequence, timeMillis, event.event().facts(), event.origin(), event.reference());
  }
}
