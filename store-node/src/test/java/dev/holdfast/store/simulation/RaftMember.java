package dev.holdfast.store.simulation;

import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.commit.ReplicatedLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One member of a simulated Raft group: its log, its term, and the order in which its state machine
 * hears of entries and of leadership. Does what Raft may do, and nothing that Raft never does.
 */
final class RaftMember implements ReplicatedLog {
  private static final int ENTRIES_PER_CALL_MAX = 100;

  /** An entry on its way to the state machine, and who waits for it here. */
  record Committed(long index, RaftEntry entry, @Nullable Consumer<Fate> fate) {}

  /** The state machine of the member. */
  interface Machine {
    void apply(List<Committed> entries);

    void lead(long term);

    void follow();

    /** The loop that proposes stopped by a fault. */
    void resigned();

    /** Passes a place of the log; false when the log failed there. */
    boolean writeLog(FailPoint place);
  }

  /** Somebody who asks whether this member still leads, and who has answered since. */
  private record Asking(Consumer<Boolean> told, BitSet heard) {}

  /** Leadership ended when the log was committed up to an index. */
  private record Ended(long index) {}

  final int node;
  private final Chance chance;
  private final Machine machine;
  private final List<RaftEntry> strays;
  private final List<RaftEntry> entries = new ArrayList<>();
  private final TreeMap<Long, Consumer<Fate>> waiting = new TreeMap<>();
  private final Deque<Ended> ended = new ArrayDeque<>();
  private final List<Runnable> untold = new ArrayList<>();
  private final List<Asking> asking = new ArrayList<>();
  private final long[] matched = new long[RaftGroup.MEMBERS];
  private int busyPercent;
  private long base;
  private long baseTerm;
  private long synced;
  private long term;
  private long commit;
  private boolean leads;
  private long ownEntry;
  private long ownTerm;
  private long handed;
  private boolean handing;
  private boolean halted;

  /**
   * @param strays what any member refused
   */
  RaftMember(int node, Chance chance, Machine machine, List<RaftEntry> strays) {
    this.node = node;
    this.strays = strays;
    this.chance = chance;
    this.machine = machine;
  }

  /** How often the log is too busy to take a proposal. */
  void busy(int percent) {
    busyPercent = percent;
  }

  boolean leads() {
    return leads;
  }

  long term() {
    return term;
  }

  long commit() {
    return commit;
  }

  long lastIndex() {
    return base + entries.size();
  }

  /** Entries up to this one are in the snapshot only. */
  long base() {
    return base;
  }

  long termAt(long index) {
    return index == base ? baseTerm : entry(index).term();
  }

  RaftEntry entry(long index) {
    return entries.get((int) (index - base - 1));
  }

  @Override
  public void resign() {
    machine.resigned();
  }

  @Override
  public void confirm(long asked, Consumer<Boolean> told) {
    if (leads && asked == term) {
      asking.add(new Asking(told, new BitSet()));
    } else {
      untold.add(() -> told.accept(false));
    }
  }

  /** As the leader: a follower of the same term has answered. */
  void heard(int follower) {
    asking.removeIf(
        each -> {
          each.heard.set(follower);
          boolean confirmed = each.heard.cardinality() + 1 > RaftGroup.MEMBERS / 2;
          if (confirmed) {
            untold.add(() -> each.told.accept(true));
          }
          return confirmed;
        });
  }

  @Override
  public void propose(long proposedTerm, byte[] encodedBatch, Consumer<Fate> fate) {
    if (!machine.writeLog(FailPoint.LOG_APPEND)) {
      untold.add(() -> fate.accept(Fate.UNKNOWN));
    } else if (!leads || proposedTerm != term) {
      refuse(new RaftEntry(proposedTerm, encodedBatch), fate, Fate.UNKNOWN);
    } else if (chance.percent(busyPercent)) {
      Fate what = chance.percent(75) ? Fate.NOT_APPENDED : Fate.UNKNOWN;
      refuse(new RaftEntry(proposedTerm, encodedBatch), fate, what);
    } else {
      append(encodedBatch);
      waiting.put(lastIndex(), fate);
    }
  }

  private void refuse(RaftEntry refused, Consumer<Fate> fate, Fate what) {
    strays.add(refused);
    if (chance.percent(50)) {
      fate.accept(what);
    } else {
      untold.add(() -> fate.accept(what));
    }
  }

  /** An entry of this leader's term. */
  void append(byte @Nullable [] batch) {
    entries.add(new RaftEntry(term, batch));
    if (chance.percent(70)) {
      sync();
    }
  }

  void sync() {
    synced = lastIndex();
  }

  /**
   * The latest batch that was refused in another term gets into the log: Raft should not let it.
   */
  void appendStray() {
    for (int i = strays.size() - 1; leads && i >= 0; i--) {
      if (strays.get(i).term() != term) {
        append(strays.get(i).batch());
        return;
      }
    }
  }

  void becomeLeader(long newTerm) {
    stepDown(newTerm);
    leads = true;
    Arrays.fill(matched, 0);
    append(null);
    ownEntry = lastIndex();
    ownTerm = newTerm;
  }

  /** A term is heard of, as high as the own one or higher. */
  void hear(long newTerm) {
    if (newTerm > term) {
      stepDown(newTerm);
    }
  }

  private void stepDown(long newTerm) {
    if (newTerm <= term) {
      throw new IllegalStateException("terms only rise: " + newTerm + " after " + term);
    }
    term = newTerm;
    if (leads) {
      leads = false;
      if (ownEntry > commit) {
        ownEntry = 0;
      }
      ended.add(new Ended(commit));
      TreeMap<Long, Consumer<Fate>> lost = new TreeMap<>(waiting.tailMap(commit, false));
      waiting.keySet().removeAll(lost.keySet());
      lost.values().forEach(fate -> untold.add(() -> fate.accept(Fate.UNKNOWN)));
      asking.forEach(each -> untold.add(() -> each.told.accept(false)));
      asking.clear();
    }
  }

  /**
   * Takes entries that follow one of the leader's.
   *
   * @return whether they fit
   */
  boolean take(long previousIndex, long previousTerm, List<RaftEntry> more, long leaderCommit) {
    long from = previousIndex;
    int skipped = 0;
    if (from < base) { // what the snapshot covers is committed, and the same everywhere
      skipped = (int) Math.min(more.size(), base - from);
      from += skipped;
    } else if (from > lastIndex() || termAt(from) != previousTerm) {
      return false;
    }
    for (RaftEntry entry : more.subList(skipped, more.size())) {
      from++;
      if (from <= lastIndex() && termAt(from) != entry.term()) {
        truncateFrom(from);
      }
      if (from > lastIndex()) {
        entries.add(entry);
      }
    }
    sync();
    commit = Math.max(commit, Math.min(leaderCommit, Math.max(from, base)));
    return true;
  }

  private void truncateFrom(long index) {
    if (index <= commit) {
      throw new IllegalStateException("entry " + index + " is committed");
    }
    entries.subList((int) (index - base - 1), entries.size()).clear();
  }

  /** A snapshot will replace the state, behind what the applying thread has to do still. */
  void handAll() {
    while (hand()) {
      // goes on
    }
  }

  /** The state was replaced by a snapshot, which the log now begins behind. */
  void startBehind(long index, long indexTerm) {
    entries.clear();
    base = index;
    baseTerm = indexTerm;
    commit = Math.max(commit, index);
    sync();
  }

  /** At a start: the log lacks nothing behind a snapshot, or begins there. */
  void beginBehind(long index, long indexTerm) {
    if (index <= base) {
      return;
    }
    if (index <= lastIndex() && termAt(index) == indexTerm) {
      compact(index);
      commit = Math.max(commit, index);
      handed = Math.max(handed, index);
    } else {
      startBehind(index, indexTerm);
      handed = index;
    }
  }

  /** A snapshot of the state holds everything up to an index. */
  void compact(long index) {
    baseTerm = termAt(index);
    entries.subList(0, (int) (index - base)).clear();
    base = index;
  }

  /** As the leader: a follower has everything up to an index on its disk. */
  void matched(int follower, long index) {
    matched[follower] = Math.max(matched[follower], index);
  }

  long matched(int follower) {
    return matched[follower];
  }

  /** As the leader: commits what a majority has. */
  void advance() {
    matched[node] = synced;
    long[] sorted = matched.clone();
    Arrays.sort(sorted);
    long majority = sorted[RaftGroup.MEMBERS / 2];
    if (majority > commit && termAt(majority) == term) {
      commit = majority;
    }
  }

  /**
   * The applying thread does what is next: it applies some entries, or hears that leadership ended.
   *
   * @return false when there is nothing to do
   */
  boolean hand() {
    if (handing || halted) {
      return false;
    }
    handing = true;
    try {
      return handNext();
    } finally {
      handing = false;
    }
  }

  private boolean handNext() {
    long done = Math.max(handed, base);
    Ended end = ended.peek();
    if (end != null && end.index() <= done) {
      ended.remove();
      machine.follow();
      return true;
    }
    long first = done + 1;
    long until = Math.min(commit, end == null ? Long.MAX_VALUE : end.index());
    if (first > until) {
      return false;
    }
    long last = Math.min(until, first + chance.below(ENTRIES_PER_CALL_MAX));
    if (ownEntry >= first && ownEntry <= last) {
      last = ownEntry;
    }
    handed = last;
    machine.apply(committed(first, last));
    if (ownEntry == last) {
      ownEntry = 0;
      machine.lead(ownTerm);
    }
    return true;
  }

  private List<Committed> committed(long first, long last) {
    List<Committed> some = new ArrayList<>();
    for (long index = first; index <= last; index++) {
      some.add(new Committed(index, entry(index), waiting.remove(index)));
    }
    return some;
  }

  boolean isHanding() {
    return handing;
  }

  boolean isHalted() {
    return halted;
  }

  /** A fault of the log or of the state ended this member, until its process starts again. */
  void halt() {
    halted = true;
    leads = false;
    ownEntry = 0;
    ended.clear();
    waiting.values().forEach(fate -> untold.add(() -> fate.accept(Fate.UNKNOWN)));
    waiting.clear();
    asking.forEach(each -> untold.add(() -> each.told.accept(false)));
    asking.clear();
  }

  boolean hasUntold() {
    return !untold.isEmpty();
  }

  /** Somebody who proposed hears at last what is known. */
  void tellUntold() {
    if (!untold.isEmpty()) {
      chance.take(untold).run();
    }
  }

  /** The process died: what was not synced may be lost, and whoever waited here is gone. */
  void crash() {
    halted = false;
    long kept = Math.max(Math.max(synced, base), commit);
    if (kept < lastIndex()) {
      kept += chance.below((int) (lastIndex() - kept) + 1);
      entries.subList((int) (kept - base), entries.size()).clear();
    }
    sync();
    leads = false;
    ownEntry = 0;
    waiting.clear();
    ended.clear();
    untold.clear();
    asking.clear();
    commit = base; // until the leader tells more
    handed = base;
  }
}
