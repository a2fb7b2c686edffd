package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.Reply;

/** Waits for no answer. */
final class Nobody implements Reply {
  @Override
  public void decided(int index, long sequence, RecordedEvent event) {}

  @Override
  public void failed(int index, Reason reason, String message) {}
}
