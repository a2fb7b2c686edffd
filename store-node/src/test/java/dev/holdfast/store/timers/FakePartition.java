package dev.holdfast.store.timers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Raft by hand: this node leads, everybody is alive. */
final class FakePartition implements LedPartition {
  final Set<String> dead = new HashSet<>();
  boolean leader = true;
  boolean stopped;
  boolean refusing;
  long lastLogIndex;
  private final int number;
  private final List<String> transfers = new ArrayList<>();

  FakePartition(int number) {
    this.number = number;
  }

  /** To whom leadership was to go, since this was asked last. */
  List<String> transfers() {
    List<String> all = List.copyOf(transfers);
    transfers.clear();
    return all;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  @Override
  public boolean isLeader() {
    return leader;
  }

  @Override
  public boolean isAlive(String node) {
    return !dead.contains(node);
  }

  @Override
  public long lastLogIndex() {
    return lastLogIndex;
  }

  @Override
  public boolean transferTo(String node) {
    transfers.add(node);
    return !refusing;
  }

  @Override
  public boolean transferToAny() {
    return transferTo("any");
  }
}
