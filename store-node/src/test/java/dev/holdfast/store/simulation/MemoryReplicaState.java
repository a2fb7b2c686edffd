package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.failpoint.FailPointException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.ReplicatedLog.Fate;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.testing.MemoryReplica;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** State in maps: the real fold, at the speed of memory. */
final class MemoryReplicaState implements ReplicaState {
  private MemoryReplica state = new MemoryReplica();
  private long index;
  private MemoryReplica onDisk = new MemoryReplica();
  private long indexOnDisk;

  private @Nullable String fault;

  private record Copy(MemoryReplica state) {}

  /** What a proposer is to hear, once, of an entry. */
  private record Answer(@Nullable Consumer<Fate> proposer, Fate fate) {
    void tell(Fate what) {
      if (proposer != null) {
        proposer.accept(what);
      }
    }
  }

  @Override
  public AppliedView view() {
    return state;
  }

  /** Stands in for the state machine, with its failpoints and with what it does at a fault. */
  @Override
  public void apply(List<RaftMember.Committed> entries) {
    Deque<Answer> answers = new ArrayDeque<>();
    Deque<RaftMember.Committed> rest = new ArrayDeque<>(entries);
    try {
      while (!rest.isEmpty()) {
        RaftMember.Committed each = rest.remove();
        if (each.index() > index) {
          apply(each, answers);
        }
      }
      FailPoint.STATE_WRITTEN.reach();
      while (!answers.isEmpty()) {
        Answer answer = answers.remove();
        answer.tell(answer.fate());
      }
    } catch (FailPointException e) {
      fault = "applying failed: " + e.getMessage();
      answers.forEach(MemoryReplicaState::fail);
      rest.forEach(each -> fail(new Answer(each.fate(), Fate.UNKNOWN))); // JRaft does
    }
  }

  private static void fail(Answer answer) {
    try {
      answer.tell(Fate.UNKNOWN);
    } catch (FailPointException e) {
      // the fault is known already
    }
  }

  private void apply(RaftMember.Committed each, Deque<Answer> answers) {
    boolean isBatch = each.entry().batch() != null;
    if (each.fate() != null) {
      answers.add(new Answer(each.fate(), Fate.UNKNOWN));
    }
    if (isBatch) {
      FailPoint.ENTRY_APPLY.reach();
    }
    index = each.index();
    boolean accepted = isBatch && each.entry().applyTo(state);
    if (each.fate() != null) {
      answers.removeLast();
      answers.add(new Answer(each.fate(), accepted ? Fate.APPLIED : Fate.DISCARDED));
    }
  }

  @Override
  public long appliedIndex() {
    return index;
  }

  @Override
  public @Nullable String fault() {
    return fault;
  }

  @Override
  public void flush() {
    onDisk = new MemoryReplica(state);
    indexOnDisk = index;
  }

  @Override
  public void crash(boolean flushed) {
    if (flushed) {
      flush();
    }
    state = new MemoryReplica(onDisk);
    index = indexOnDisk;
    fault = null;
  }

  @Override
  public Object snapshot(long snapshotIndex, long term) {
    flush();
    return new Copy(onDisk);
  }

  @Override
  public Object copy(Object snapshot, long snapshotIndex, long term) {
    return snapshot;
  }

  @Override
  public boolean load(Object snapshot, long snapshotIndex) {
    if (index < snapshotIndex) {
      state = new MemoryReplica(((Copy) snapshot).state());
      index = snapshotIndex;
      flush();
    }
    return true;
  }

  /** Asks for all that is due at every run: what is asked twice is not due any more. */
  @Override
  public Runnable expiry(
      LongSupplier leaderTerm, Consumer<List<QueuedCommand>> submit, LogTime clock) {
    return () -> {
      if (leaderTerm.getAsLong() != 0) {
        Reply nobody = new Nobody();
        for (ReservationKey due : due(clock.millis())) {
          CommandRequest expire = CommandRequest.ofSystem(new Command.ExpireReservation(due));
          submit.accept(List.of(new QueuedCommand(expire, nobody, 0)));
        }
      }
    };
  }

  private List<ReservationKey> due(long untilMillis) {
    return state.allReservations().entrySet().stream()
        .filter(
            each -> each.getValue() instanceof Reservation.Open o && o.life().isOverAt(untilMillis))
        .map(Map.Entry::getKey)
        .sorted(
            Comparator.comparing(ReservationKey::store)
                .thenComparing(ReservationKey::reservationId))
        .toList();
  }

  @Override
  public Runnable eviction(
      BooleanSupplier leading,
      Consumer<QueuedCommand> submit,
      LogTime clock,
      Witness.Eviction when) {
    Upkeep upkeep = new Upkeep();
    return () -> {
      if (leading.getAsBoolean() && !upkeep.inFlight) {
        long through = evictThrough(clock.millis() - when.retentionMillis(), when.countMax());
        if (through != 0) {
          upkeep.inFlight = true;
          CommandRequest evict = CommandRequest.ofSystem(new Command.EvictReceipts(through));
          submit.accept(new QueuedCommand(evict, upkeep, 0));
        }
      }
    };
  }

  /** Waits for the leader's own command, so that there is one at a time. */
  private static final class Upkeep implements Reply {
    private boolean inFlight;

    @Override
    public void decided(int at, long sequence, RecordedEvent event) {
      inFlight = false;
    }

    @Override
    public void failed(int at, Reason reason, String message) {
      inFlight = false;
    }
  }

  /** Event by event, where the store looks at whole batches. */
  private long evictThrough(long keepFromMillis, long countMax) {
    long surplus = state.allReceipts().size() - countMax;
    long through = 0;
    boolean any = false;
    for (long sequence = state.evictedThrough() + 1; sequence <= state.sequence(); sequence++) {
      if (surplus <= 0 && state.timeMillis(sequence) >= keepFromMillis) {
        break;
      }
      if (state.event(sequence).isReceipt()) {
        surplus--;
        any = true;
      }
      through = sequence;
    }
    return any ? through : 0;
  }

  @Override
  public void assertSame(Witness witness) {
    if (!state.holdsTheSameAs(witness.state())) {
      throw new AssertionError("a replica holds something else than the log leads to");
    }
  }

  /** The maps have checks of their own, and no disk. */
  @Override
  public void assertStopsAt(long at, RaftEntry entry) {}

  @Override
  public void assertNoSnapshotOfDamage(StockKey item) {}

  @Override
  public void close() {}
}
