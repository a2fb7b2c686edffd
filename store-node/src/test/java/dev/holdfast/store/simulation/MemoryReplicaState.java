package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.ReplicatedLog.Fate;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.testing.MemoryReplica;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** State in maps: the real fold, at the speed of memory. */
final class MemoryReplicaState implements ReplicaState {
  private MemoryReplica state = new MemoryReplica();
  private long index;
  private MemoryReplica onDisk = new MemoryReplica();
  private long indexOnDisk;

  private record Copy(MemoryReplica state) {}

  @Override
  public AppliedView view() {
    return state;
  }

  @Override
  public void apply(List<RaftMember.Committed> entries) {
    for (RaftMember.Committed each : entries) {
      if (each.index() > index) {
        index = each.index();
        boolean accepted = each.entry().batch() != null && each.entry().applyTo(state);
        if (each.fate() != null) {
          each.fate().accept(accepted ? Fate.APPLIED : Fate.DISCARDED);
        }
      }
    }
  }

  @Override
  public long appliedIndex() {
    return index;
  }

  @Override
  public @Nullable String fault() {
    return null;
  }

  @Override
  public void flush() {
    onDisk = new MemoryReplica(state);
    indexOnDisk = index;
  }

  @Override
  public void crash() {
    state = new MemoryReplica(onDisk);
    index = indexOnDisk;
  }

  @Override
  public Object snapshot() {
    return new Copy(new MemoryReplica(state));
  }

  @Override
  public void install(Object snapshot, long snapshotIndex) {
    state = new MemoryReplica(((Copy) snapshot).state());
    index = snapshotIndex;
    flush();
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

  /** Event by event, where the store looks at whole batches. */
  @Override
  public long evictThrough(long keepFromMillis, long countMax) {
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
