package dev.holdfast.store.commit;

import dev.holdfast.store.testing.MemoryReplica;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A replicated log that misbehaves in every way that Raft may: takes proposals or not, commits them
 * late or in a later term or never, loses leadership before its owner hears of it, tells fates
 * late. What Raft never does, it does not do either: nothing of a term is appended once that term's
 * leadership is lost, but for a stray entry of the wrong term, which apply has to pass over.
 */
final class ScriptedLog implements ReplicatedLog {
  private static final long NOBODY = 0;

  private final Random random;
  private final MemoryReplica replica;
  private final int faultPercent;
  private final ArrayDeque<Entry> uncommitted = new ArrayDeque<>();
  private final List<Runnable> untold = new ArrayList<>();
  private final List<byte[]> refused = new ArrayList<>();
  private long leaderTerm = NOBODY;
  private int largestBatch;
  private int mostInFlight;
  private boolean resigned;

  /** An appended batch, and who waits for its fate. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] encoded, Consumer<Fate> fate) {}

  /**
   * @param faultPercent how often a proposal is not appended
   */
  ScriptedLog(long seed, MemoryReplica replica, int faultPercent) {
    this.random = new Random(seed);
    this.replica = replica;
    this.faultPercent = faultPercent;
  }

  @Override
  public synchronized void propose(long term, byte[] encodedBatch, Consumer<Fate> fate) {
    largestBatch = Math.max(largestBatch, MemoryReplica.decode(encodedBatch).events().size());
    if (term != leaderTerm) {
      refuse(encodedBatch, fate, Fate.UNKNOWN);
    } else if (random.nextInt(100) < faultPercent) {
      refuse(encodedBatch, fate, random.nextInt(4) == 0 ? Fate.UNKNOWN : Fate.NOT_APPENDED);
    } else {
      uncommitted.add(new Entry(encodedBatch, fate));
      mostInFlight = Math.max(mostInFlight, uncommitted.size());
      if (random.nextInt(4) == 0) {
        commit(uncommitted.size()); // all done before the proposer hears that it proposed
      }
    }
  }

  @Override
  public void confirm(long term, Consumer<Boolean> leads) {
    leads.accept(leaderTerm() == term);
  }

  private synchronized long leaderTerm() {
    return leaderTerm;
  }

  @Override
  public synchronized void resign() {
    resigned = true;
  }

  synchronized boolean isResigned() {
    return resigned;
  }

  private void refuse(byte[] encoded, Consumer<Fate> fate, Fate what) {
    refused.add(encoded);
    if (random.nextBoolean()) {
      fate.accept(what);
    } else {
      untold.add(() -> fate.accept(what));
    }
  }

  /** Commits and applies the oldest entries, up to a number, and tells their proposers. */
  synchronized void commit(int entries) {
    for (int i = 0; i < entries && !uncommitted.isEmpty(); i++) {
      Entry entry = uncommitted.removeFirst();
      boolean applied = replica.apply(leaderTerm, entry.encoded());
      entry.fate().accept(applied ? Fate.APPLIED : Fate.DISCARDED);
    }
  }

  /** Commits everything and tells every fate that is known. */
  synchronized void settle() {
    commit(Integer.MAX_VALUE);
    tellUntold(Integer.MAX_VALUE);
  }

  synchronized void tellUntold(int fates) {
    for (int i = 0; i < fates && !untold.isEmpty(); i++) {
      untold.remove(random.nextInt(untold.size())).run();
    }
  }

  /**
   * Somebody else leads: a random number of the oldest entries outlives the change, without anybody
   * being told; the others are cut off.
   */
  synchronized void loseLeadership() {
    int survivors = random.nextInt(uncommitted.size() + 1);
    long oldTerm = leaderTerm;
    leaderTerm = NOBODY;
    while (!uncommitted.isEmpty()) {
      Entry entry = uncommitted.removeFirst();
      if (survivors-- > 0) {
        replica.apply(oldTerm, entry.encoded());
      }
      untold.add(() -> entry.fate().accept(Fate.UNKNOWN));
    }
  }

  /** Leadership is won: all of the terms before is applied, and nobody writes in between. */
  synchronized void winLeadership(long term) {
    leaderTerm = term;
    if (!refused.isEmpty() && random.nextBoolean()) {
      byte[] stray = refused.get(random.nextInt(refused.size()));
      if (MemoryReplica.decode(stray).term() != term && replica.apply(term, stray)) {
        throw new AssertionError("a batch of another term was applied");
      }
    }
  }

  synchronized boolean isLed() {
    return leaderTerm != NOBODY;
  }

  synchronized int largestBatch() {
    return largestBatch;
  }

  synchronized int mostInFlight() {
    return mostInFlight;
  }
}
