package dev.holdfast.store.partition;

/** Entries of the Raft log that no command loop decided. */
public final class RawEntries {
  private RawEntries() {}

  public static void propose(PartitionReplica leader, byte[] encodedBatch) {
    leader.group.propose(leader.leaderTerm(), encodedBatch, fate -> {});
  }
}
