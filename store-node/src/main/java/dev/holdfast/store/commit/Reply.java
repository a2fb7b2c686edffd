package dev.holdfast.store.commit;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.decide.HeldBack;
import org.jspecify.annotations.Nullable;

/**
 * Hears what became of the commands of one submission, each exactly once, on any thread. Must not
 * block or throw.
 */
public interface Reply {
  /** What keeps the order of the submission's commands; null where there is only one. */
  default @Nullable HeldBack heldBack() {
    return null;
  }

  /** The command's event is committed and applied here. It may be a rejection. */
  void decided(int index, long sequence, RecordedEvent event);

  /** As {@link #decided}, but the command was decided before: this is the answer of then. */
  default void decidedBefore(int index, long sequence, Earlier earlier) {
    decided(index, sequence, earlier.event());
  }

  /** Nothing was changed, or it is not known whether something was: the reason tells which. */
  void failed(int index, Reason reason, String message);
}
