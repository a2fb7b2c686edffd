package dev.holdfast.store.commit;

import java.util.function.IntSupplier;

/** What a command loop tells of itself. */
public interface CommitMetrics {
  /** A batch went to the log. */
  void proposed(int events, int bytes);

  /** A batch came back after so long. */
  void finished(ReplicatedLog.Fate fate, long nanos);

  /** Deciding started anew after a failed proposal. */
  void epochRenewed();

  /** Where the number of waiting commands can be read. */
  void watchQueue(IntSupplier commands);
}
