package dev.holdfast.store.timers;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.state.log.OldReceipts;
import dev.holdfast.store.state.read.StateReads;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * On the leader, asks for the oldest receipts to be forgotten when they are too old or too many, a
 * bounded number at a time, so that no single event takes long to apply.
 */
public final class ReceiptEviction implements Runnable {
  private static final long EVENTS_PER_COMMAND_MAX = 5_000;

  private final OldReceipts receipts;
  private final BooleanSupplier leading;
  private final SystemCommand command;
  private final LogTime clock;
  private final Duration retention;
  private final long countMax;

  public ReceiptEviction(
      StateReads state,
      BooleanSupplier leading,
      Consumer<QueuedCommand> submit,
      LogTime clock,
      Duration retention,
      long countMax) {
    this.receipts = new OldReceipts(state);
    this.leading = leading;
    this.command = new SystemCommand(submit);
    this.clock = clock;
    this.retention = retention;
    this.countMax = countMax;
  }

  @Override
  public void run() {
    if (!leading.getAsBoolean() || command.isInFlight()) {
      return;
    }
    long keepFrom = clock.millis() - retention.toMillis();
    long through = receipts.evictThrough(keepFrom, countMax, EVENTS_PER_COMMAND_MAX);
    if (through != OldReceipts.NONE) {
      FailPoint.EVICTION_DUE.reach();
      command.give(new Command.EvictReceipts(through));
    }
  }
}
