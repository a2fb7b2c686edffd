package dev.holdfast.store.timers;

import dev.holdfast.store.partition.PartitionReplica;

/** The leadership of a partition: who has it, and giving it to another member. */
public interface LedPartition {
  int number();

  /** Whether the replica of this node stopped by a fault. */
  boolean isStopped();

  /** Whether this node is Raft's leader of the partition, deciding already or not. */
  boolean isLeader();

  /** Whether a member has answered Raft lately. Known to the leader only. */
  boolean isAlive(String node);

  long lastLogIndex();

  /** False when Raft does not take it up now. */
  boolean transferTo(String node);

  boolean transferToAny();

  /** A replica of this node. */
  static LedPartition of(PartitionReplica replica) {
    return new LedPartition() {
      @Override
      public int number() {
        return replica.partition();
      }

      @Override
      public boolean isStopped() {
        return replica.fault() != null;
      }

      @Override
      public boolean isLeader() {
        return replica.leaderTerm() != 0;
      }

      @Override
      public boolean isAlive(String node) {
        return replica.raft().isAlive(node);
      }

      @Override
      public long lastLogIndex() {
        return replica.raft().lastLogIndex();
      }

      @Override
      public boolean transferTo(String node) {
        return replica.giveLeadershipTo(node);
      }

      @Override
      public boolean transferToAny() {
        return replica.giveLeadershipAway();
      }
    };
  }
}
