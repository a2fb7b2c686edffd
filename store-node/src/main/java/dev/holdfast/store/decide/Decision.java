package dev.holdfast.store.decide;

import dev.holdfast.common.domain.RecordedEvent;

/** The outcome of deciding a command. */
public sealed interface Decision {

  /** An answer of this moment, as an event; the others refer to an earlier one. */
  sealed interface WithEvent extends Decision {
    RecordedEvent event();
  }

  /** An event for the log, which may be a rejection. */
  record Decided(RecordedEvent event) implements WithEvent {}

  /**
   * A transient rejection, which is not recorded: asked again, even with the same idempotency key,
   * the command may be decided otherwise.
   *
   * @param event a CommandRejected
   */
  record Refused(RecordedEvent event) implements WithEvent {}

  /**
   * Done before, and not recorded again.
   *
   * @param event tells what came of it then
   */
  record Recalled(RecordedEvent event) implements WithEvent {}

  /** The same command was answered before, by the event at this sequence. */
  record Repeated(long sequence) implements Decision {}

  /** The idempotency key stands for another payload. */
  record KeyReused() implements Decision {}
}
