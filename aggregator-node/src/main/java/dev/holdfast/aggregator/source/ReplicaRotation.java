package dev.holdfast.aggregator.source;

import java.util.List;

/**
 * Whose turn it is to feed a partition. Starts with the node that the partition prefers as its
 * leader, which hears of new events first.
 */
final class ReplicaRotation {
  private final List<Replica> replicas;
  private int turn;

  ReplicaRotation(List<Replica> replicas, int partition) {
    this.replicas = List.copyOf(replicas);
    this.turn = partition % replicas.size();
  }

  Replica current() {
    return replicas.get(turn);
  }

  void next() {
    turn = (turn + 1) % replicas.size();
  }

  int size() {
    return replicas.size();
  }
}
