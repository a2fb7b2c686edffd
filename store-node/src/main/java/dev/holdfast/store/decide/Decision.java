package dev.holdfast.store.decide;

import dev.holdfast.common.domain.RecordedEvent;

/** What a command led to. */
public sealed interface Decision {

  /** An event, which may be a rejection. */
  record Decided(RecordedEvent event) implements Decision {}

  /**
   * A no for now, which is not recorded: asked again, even with the same idempotency key, the
   * command may be decided otherwise.
   *
   * @param rejection a CommandRejected
   */
  record Refused(RecordedEvent rejection) implements Decision {}

  /**
   * Done before, and not recorded again.
   *
   * @param answer an event that tells what came of it then
   */
  record Recalled(RecordedEvent answer) implements Decision {}

  /** The same command was answered before, by the event at this sequence. */
  record Repeated(long sequence) implements Decision {}

  /** The idempotency key stands for another payload. */
  record KeyReused() implements Decision {}
}
