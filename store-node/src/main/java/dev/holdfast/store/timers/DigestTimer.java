package dev.holdfast.store.timers;

import dev.holdfast.common.domain.Command;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * On the leader, asks for a digest when something happened after the last one and nothing has for a
 * while, so that the last events before a rest are proven as well. A digest by itself is followed
 * by no other: a partition at rest stays at rest.
 */
public final class DigestTimer implements Runnable {
  private final AppliedView applied;
  private final BooleanSupplier leading;
  private final SystemCommand command;
  private final long quietMillis;
  private final InstantSource clock;
  private long lastSequence;
  private long lastChangeMillis;

  public DigestTimer(
      AppliedView applied,
      BooleanSupplier leading,
      Consumer<QueuedCommand> submit,
      Duration quiet,
      InstantSource clock) {
    this.applied = applied;
    this.leading = leading;
    this.command = new SystemCommand(submit);
    this.quietMillis = quiet.toMillis();
    this.clock = clock;
  }

  @Override
  public void run() {
    AppliedView.LogEnd end = applied.logEnd();
    long now = clock.millis();
    if (end.sequence() != lastSequence || now < lastChangeMillis) {
      lastSequence = end.sequence();
      lastChangeMillis = now;
    } else if (now - lastChangeMillis >= quietMillis
        && end.sequence() > end.digests().recordedAt()
        && leading.getAsBoolean()
        && !command.isInFlight()) {
      command.give(new Command.RecordDigest());
    }
  }
}
