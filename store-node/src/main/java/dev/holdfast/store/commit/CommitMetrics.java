package dev.holdfast.store.commit;

import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;

/** Hears from a command loop how it does. */
public interface CommitMetrics {
  /** A batch went to the log. */
  void proposed(int events, int bytes);

  /** A batch came back after so long. */
  void finished(ReplicatedLog.Fate fate, long nanos);

  /** A command of a kind was answered with its event, which may be a rejection. */
  void answered(CommandKind kind, Event event);

  /** A command was answered by its receipt, or refused because its key stands for another. */
  void answeredFromReceipt();

  /** Deciding started anew after a failed proposal. */
  void epochRenewed();
}
