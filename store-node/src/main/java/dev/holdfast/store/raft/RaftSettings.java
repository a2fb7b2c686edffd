package dev.holdfast.store.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a partition's Raft group.
 *
 * @param dataDir directory of the partition
 * @param self this node's member
 * @param members all members, this one too, in the order of the cluster's configuration
 */
public record RaftSettings(
    int partition, Path dataDir, Member self, List<Member> members, Duration electionTimeout) {

  /** A node as Raft sees it. */
  public record Member(String nodeId, String raftAddress) {}
}
