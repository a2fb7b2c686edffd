package dev.holdfast.store.timers;

import dev.holdfast.common.domain.Command;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * On the leader, asks for a digest once there were events after the last one, and then none for a
 * while, so that the last events before a rest are covered as well. A digest alone is followed by
 * no other: a partition at rest stays at rest.
 */
public final class DigestTimer implements Runnable {
  private final AppliedView applied;
  private final BooleanSupplier leading;
  private final SystemCommand command;
  private final long quietNanos;
  private final LongSupplier nanos;
  private long lastSequence;
  private long lastChangeNanos;

  /**
   * @param nanos the monotonic clock
   */
  public DigestTimer(
      AppliedView applied,
      BooleanSupplier leading,
      Consumer<QueuedCommand> submit,
      Duration quiet,
      LongSupplier nanos) {
    this.applied = applied;
    this.leading = leading;
    this.command = new SystemCommand(submit);
    this.quietNanos = quiet.toNanos();
    this.nanos = nanos;
  }

  @Override
  public void run() {
    AppliedView.LogEnd end = applied.logEnd();
    long now = nanos.getAsLong();
    if (end.sequence() != lastSequence) {
      lastSequence = end.sequence();
      lastChangeNanos = now;
    } else if (now - lastChangeNanos >= quietNanos
        && end.sequence() > end.digests().recordedAt()
        && leading.getAsBoolean()
        && !command.isInFlight()) {
      command.give(new Command.RecordDigest());
    }
  }
}
