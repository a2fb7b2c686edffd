package dev.holdfast.store.commit;

import dev.holdfast.store.testing.MemoryReplica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** Holds every proposal until the test says what becomes of it. */
final class HeldLog implements ReplicatedLog {
  final AtomicInteger resigned = new AtomicInteger();
  private final MemoryReplica replica;
  private final List<Held> proposals = new ArrayList<>();

  /** A proposal that waits. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Held(long term, byte[] encoded, Consumer<Fate> fate) {
    int events() {
      return MemoryReplica.decode(encoded).events().size();
    }
  }

  HeldLog(MemoryReplica replica) {
    this.replica = replica;
  }

  @Override
  public synchronized void propose(long term, byte[] encodedBatch, Consumer<Fate> fate) {
    proposals.add(new Held(term, encodedBatch, fate));
  }

  @Override
  public void confirm(long term, Consumer<Boolean> leads) {
    leads.accept(true);
  }

  @Override
  public void resign() {
    resigned.incrementAndGet();
  }

  synchronized int count() {
    return proposals.size();
  }

  synchronized Held get(int number) {
    return proposals.get(number);
  }

  /** The proposal of this number, from 0, once it is there. */
  Held await(int number) {
    Awaitility.await("proposal " + number)
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> count() > number);
    return get(number);
  }

  /** Commits a proposal and applies it, or passes it over, as every replica does. */
  void commit(int number) {
    Held held = await(number);
    boolean applied = replica.apply(held.term(), held.encoded());
    held.fate().accept(applied ? Fate.APPLIED : Fate.DISCARDED);
  }

  void tell(int number, Fate fate) {
    await(number).fate().accept(fate);
  }
}
