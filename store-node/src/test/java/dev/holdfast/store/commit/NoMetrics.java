package dev.holdfast.store.commit;

import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;

/** Tells nobody. */
final class NoMetrics implements CommitMetrics {
  @Override
  public void proposed(int events, int bytes) {}

  @Override
  public void finished(ReplicatedLog.Fate fate, long nanos) {}

  @Override
  public void answered(CommandKind kind, Event event) {}

  @Override
  public void answeredFromReceipt() {}

  @Override
  public void epochRenewed() {}
}
