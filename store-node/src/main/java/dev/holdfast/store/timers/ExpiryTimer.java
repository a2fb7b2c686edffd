package dev.holdfast.store.timers;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.state.read.ExpiryScan;
import dev.holdfast.store.state.read.ExpiryScan.Due;
import dev.holdfast.store.state.read.ExpiryScan.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * On the leader, expires reservations that are due, in rounds of a bounded number, so that many
 * that are due at once come between other commands and not before them. Runs on one thread.
 *
 * <p>Goes on where it ended, as far as that is safe: a reservation that is not applied yet was
 * decided after the last batch that is, so it cannot expire before the time of that batch.
 */
public final class ExpiryTimer implements Runnable {
  /** About what a batch takes without others noticing. */
  static final int ROUND_MAX = 500;

  private static final long NOT_LEADING = 0;

  private final AppliedView applied;
  private final ExpiryScan scan;
  private final LongSupplier leaderTerm;
  private final Consumer<List<QueuedCommand>> submit;
  private final Executor thread;
  private final LogTime clock;
  private long term = NOT_LEADING;
  private Place place = Place.START;
  private @Nullable Round round;

  /**
   * @param leaderTerm the term in which this node leads, 0 when it does not
   * @param thread runs this timer again at once after a full round; the one that runs it anyway
   */
  public ExpiryTimer(
      AppliedView applied,
      ExpiryScan scan,
      LongSupplier leaderTerm,
      Consumer<List<QueuedCommand>> submit,
      Executor thread,
      LogTime clock) {
    this.applied = applied;
    this.scan = scan;
    this.leaderTerm = leaderTerm;
    this.submit = submit;
    this.thread = thread;
    this.clock = clock;
  }

  @Override
  public void run() {
    long leading = leaderTerm.getAsLong();
    if (leading != term) {
      term = leading;
      place = Place.START;
      round = null;
    }
    if (leading == NOT_LEADING || (round != null && !round.isOver())) {
      return;
    }
    if (round != null && round.isDone()) {
      place = round.next;
    }
    round = start();
  }

  private @Nullable Round start() {
    long safe = applied.logEnd().timeMillis(); // before the scan: that may see later ones
    List<Due> due = scan.due(place, clock.millis(), ROUND_MAX);
    Place next = next(due, safe);
    if (due.isEmpty()) {
      place = next;
      return null;
    }
    Round started = new Round(due.size(), next);
    List<QueuedCommand> commands = new ArrayList<>(due.size());
    for (Due each : due) {
      Command expire = new Command.ExpireReservation(each.reservation());
      commands.add(new QueuedCommand(CommandRequest.ofSystem(expire), started, commands.size()));
    }
    FailPoint.EXPIRY_DUE.reach();
    submit.accept(commands);
    return started;
  }

  /** Where a round goes on once this one is done. */
  private Place next(List<Due> due, long safe) {
    if (due.size() < ROUND_MAX) {
      return later(Place.after(safe));
    }
    Place next = place;
    for (Due each : due) {
      if (each.millis() <= safe) {
        next = Place.behind(each);
      }
    }
    return next;
  }

  private Place later(Place other) {
    return other.millis() > place.millis() ? other : place;
  }

  /** Commands in flight. Their answers come on other threads. */
  private final class Round implements Reply {
    private final boolean full;
    private final Place next;
    private final AtomicInteger missing;
    private volatile boolean failed;

    Round(int commands, Place next) {
      this.full = commands == ROUND_MAX;
      this.next = next;
      this.missing = new AtomicInteger(commands);
    }

    boolean isOver() {
      return missing.get() == 0;
    }

    boolean isDone() {
      return isOver() && !failed;
    }

    @Override
    public void decided(int index, long sequence, RecordedEvent event) {
      answered(false);
    }

    @Override
    public void failed(int index, Reason reason, String message) {
      answered(true);
    }

    private void answered(boolean again) {
      if (again) {
        failed = true;
      }
      if (missing.decrementAndGet() == 0 && full && !failed) {
        thread.execute(ExpiryTimer.this);
      }
    }
  }
}
