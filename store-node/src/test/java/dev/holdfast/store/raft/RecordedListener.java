package dev.holdfast.store.raft;

import org.jspecify.annotations.Nullable;

/** Hears of a group and remembers the last fault. */
final class RecordedListener implements LeadershipListener, ApplyMetrics {
  @Nullable String fault;

  @Override
  public void lead(long term) {}

  @Override
  public void follow() {}

  @Override
  public void fault(String what) {
    fault = what;
  }

  @Override
  public void applied() {}

  @Override
  public void applied(long nanos) {}

  @Override
  public void digestsChecked(int digests) {}

  @Override
  public void digestFault() {}

  @Override
  public void scrubbed(long nanos) {}

  @Override
  public void snapshot(boolean made) {}
}
