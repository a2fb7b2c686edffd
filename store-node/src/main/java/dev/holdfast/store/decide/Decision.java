package dev.holdfast.store.decide;

import dev.holdfast.common.domain.RecordedEvent;

/** What a command led to. */
public sealed interface Decision {

  /** An event, which may be a rejection. */
  record Decided(RecordedEvent event) implements Decision {}

  /** The same command was answered before, by the event at this sequence. */
  record Repeated(long sequence) implements Decision {}

  /** The idempotency key stands for another payload. */
  record KeyReused() implements Decision {}
}
