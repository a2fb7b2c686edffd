package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.RecordedEvent;

/** An event out of the dead letter queue. */
public record ParkedEvent(long sequence, long timeMillis, RecordedEvent event) {
  EventHeader header() {
    return EventHeader.of(sequence, timeMillis, event);
  }
}
