package dev.holdfast.store.simulation;

import dev.holdfast.common.failpoint.FailPoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A simulated Raft group: elections, replication and commit between three members. */
final class RaftGroup {
  static final int MEMBERS = 3;
  private static final int ENTRIES_PER_MESSAGE_MAX = 8;
  private static final int STRAY_PERCENT = 25;

  /** Hears of each committed entry once, in order, when a majority has it. */
  interface CommitListener {
    void committed(long index, RaftEntry entry);
  }

  /** What members need of the cluster. */
  interface Surroundings {
    /** Whether both run and a message gets from one to the other. */
    boolean areConnected(int node, int other);

    boolean isUp(int node);

    /** Passes a place of a member's log; false when the member did not get beyond it. */
    boolean write(int node, FailPoint place);

    /** Puts the leader's snapshot in place of a member's state; false when it did not work. */
    boolean install(int from, int to);
  }

  private final List<RaftMember> members;
  private final Chance chance;
  private final Surroundings surroundings;
  private final CommitListener listener;
  private long committed;

  RaftGroup(
      List<RaftMember> members, Chance chance, Surroundings surroundings, CommitListener listener) {
    this.members = List.copyOf(members);
    this.chance = chance;
    this.surroundings = surroundings;
    this.listener = listener;
  }

  /** The leader of the highest term, unless there is none or it is down. */
  @Nullable RaftMember leader() {
    RaftMember found = null;
    for (RaftMember member : members) {
      if (member.leads() && (found == null || member.term() > found.term())) {
        found = member;
      }
    }
    return found;
  }

  /** All that lead, or think so. */
  List<RaftMember> leaders() {
    return members.stream().filter(RaftMember::leads).toList();
  }

  /** Whether the leader still reaches a majority; else followers stand for election. */
  boolean isLed() {
    RaftMember leader = leader();
    return leader != null && votersFor(leader).size() > MEMBERS / 2;
  }

  /** A member stands for election, and leads if a majority that it reaches has no newer log. */
  boolean elect(int node) {
    RaftMember candidate = members.get(node);
    if (!surroundings.isUp(node) || candidate.leads()) {
      return false;
    }
    List<RaftMember> voters = votersFor(candidate);
    if (voters.size() <= MEMBERS / 2) {
      return false;
    }
    long term = voters.stream().mapToLong(RaftMember::term).max().orElse(0);
    long newTerm = term + 1 + chance.below(2);
    voters.stream().filter(voter -> voter != candidate).forEach(voter -> voter.hear(newTerm));
    candidate.becomeLeader(newTerm);
    if (chance.percent(STRAY_PERCENT)) {
      candidate.appendStray();
    }
    return true;
  }

  private List<RaftMember> voters(RaftMember candidate) {
    return members.stream()
        .filter(
            voter -> voter == candidate || surroundings.areConnected(candidate.node, voter.node))
        .toList();
  }

  private List<RaftMember> votersFor(RaftMember candidate) {
    return voters(candidate).stream()
        .filter(voter -> !isNewer(voter, candidate) || candidate.leads())
        .toList();
  }

  private static boolean isNewer(RaftMember one, RaftMember other) {
    long oneTerm = one.termAt(one.lastIndex());
    long otherTerm = other.termAt(other.lastIndex());
    return oneTerm > otherTerm || (oneTerm == otherTerm && one.lastIndex() > other.lastIndex());
  }

  /** A leader sends a member what it lacks, and the answer comes back or is lost. */
  void replicate(RaftMember leader, RaftMember follower, boolean answerLost) {
    if (!surroundings.write(follower.node, FailPoint.LOG_APPEND)
        || !leader.leads()
        || !surroundings.areConnected(leader.node, follower.node)) {
      return;
    }
    if (follower.term() > leader.term()) {
      leader.hear(follower.term());
      return;
    }
    long term = leader.term();
    follower.hear(term);
    long previous = lastCommon(leader, follower);
    if (previous < leader.base() || isOtherAt(previous, leader, follower)) {
      if (!surroundings.install(leader.node, follower.node) || follower.term() != term) {
        return; // or heard of a later leader meanwhile
      }
      previous = leader.base();
    }
    long last = Math.min(leader.lastIndex(), previous + chance.below(ENTRIES_PER_MESSAGE_MAX + 1));
    List<RaftEntry> entries = new ArrayList<>();
    for (long index = previous + 1; index <= last; index++) {
      entries.add(leader.entry(index));
    }
    if (!follower.take(previous, leader.termAt(previous), entries, leader.commit())) {
      throw new IllegalStateException("the logs have entry " + previous + " in common");
    }
    boolean written = surroundings.write(follower.node, FailPoint.LOG_APPENDED);
    if (written && !answerLost && leader.leads() && leader.term() == term) {
      leader.matched(follower.node, last);
      leader.heard(follower.node);
      advance(leader);
    }
  }

  /** Where a follower's log, or its snapshot, is still the leader's. */
  private static long lastCommon(RaftMember leader, RaftMember follower) {
    long index = Math.min(leader.lastIndex(), follower.lastIndex());
    while (index > leader.base()
        && index > follower.base()
        && leader.termAt(index) != follower.termAt(index)) {
      index--;
    }
    return index;
  }

  private static boolean isOtherAt(long index, RaftMember leader, RaftMember follower) {
    return index > follower.base() && leader.termAt(index) != follower.termAt(index);
  }

  void advance(RaftMember leader) {
    if (!leader.leads()) {
      return;
    }
    leader.advance();
    while (committed < leader.commit()) {
      committed++;
      listener.committed(committed, leader.entry(committed));
    }
  }

  /** Leadership goes from one to another that has all entries; false when it cannot now. */
  boolean transfer(int from, int to) {
    RaftMember leader = members.get(from);
    RaftMember next = members.get(to);
    return leader.leads()
        && surroundings.areConnected(from, to)
        && next.lastIndex() == leader.lastIndex()
        && next.termAt(next.lastIndex()) == leader.termAt(leader.lastIndex())
        && elect(to);
  }

  List<RaftMember> others(RaftMember member) {
    return members.stream().filter(other -> other != member).toList();
  }
}
