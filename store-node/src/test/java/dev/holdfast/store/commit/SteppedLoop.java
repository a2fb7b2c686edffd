package dev.holdfast.store.commit;

import dev.holdfast.common.failpoint.FailPointException;
import dev.holdfast.store.clock.LogTime;
import java.util.List;

/** The command loop of a simulation: it has no thread, and takes its turns when it is told to. */
public final class SteppedLoop {
  private final CommandLoop loop;

  public SteppedLoop(
      int partition,
      CommitSettings settings,
      AppliedView applied,
      ReplicatedLog log,
      LogTime clock) {
    this.loop = new CommandLoop(partition, settings, applied, log, new NoMetrics(), clock);
  }

  public void submit(List<QueuedCommand> commands) {
    loop.submit(commands);
  }

  public void lead(long term) {
    loop.lead(term);
  }

  public void follow() {
    loop.follow();
  }

  public boolean isLeading() {
    return loop.isLeading();
  }

  /**
   * Does what the loop's thread does when it wakes. A failure that a script asked for is a fault,
   * as it is there; any other fails the test.
   */
  public void turn() {
    try {
      loop.turn();
    } catch (FailPointException e) {
      loop.stopAt(e);
    }
  }
}
