package dev.holdfast.store.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings that all Raft groups of a node share.
 *
 * @param dataDir each group has a directory in it
 * @param self this node's member
 * @param bindHost the address to listen at, with the port of this node's member
 * @param members all members, this one too, in the order of the cluster's configuration
 */
public record RaftSettings(
    Path dataDir, Member self, String bindHost, List<Member> members, Duration electionTimeout) {

  /** A node as Raft sees it. */
  public record Member(String nodeId, String raftAddress) {}
}
