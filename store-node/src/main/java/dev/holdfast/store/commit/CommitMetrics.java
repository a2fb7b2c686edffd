package dev.holdfast.store.commit;

import dev.holdfast.common.domain.RecordedEvent;
import java.util.function.IntSupplier;

/** What a command loop tells of itself. */
public interface CommitMetrics {
  /** A batch went to the log. */
  void proposed(int events, int bytes);

  /** A batch came back after so long. */
  void finished(ReplicatedLog.Fate fate, long nanos);

  /** A command was answered with its event. */
  void answered(RecordedEvent event);

  /** A command was answered by its receipt, or refused because its key stands for another. */
  void answeredFromReceipt();

  /** Deciding started anew after a failed proposal. */
  void epochRenewed();

  /** Where the number of waiting commands can be read. */
  void watchQueue(IntSupplier commands);
}
