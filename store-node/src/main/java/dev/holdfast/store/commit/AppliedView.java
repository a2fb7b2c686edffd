package dev.holdfast.store.commit;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.DigestProgress;

/** Read access of a command loop to its replica's applied state. */
public interface AppliedView extends DecisionState {
  /** Where the log stood when the state was applied last. */
  LogEnd logEnd();

  /** The event at an applied sequence. */
  Past past(long sequence);

  /**
   * What happened.
   *
   * @param timeMillis when, by the time of the log
   */
  record Past(RecordedEvent event, long timeMillis) {}

  /**
   * The end of a partition's event log.
   *
   * @param sequence last event
   * @param timeMillis time of the last batch
   * @param batchHash hash of the last batch
   * @param digests of the stock there
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record LogEnd(long sequence, long timeMillis, byte[] batchHash, DigestProgress digests) {}
}
