package dev.holdfast.store.membership;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node's description of itself for another node.
 *
 * @param nodeId who says it
 * @param layout what must be the same on all nodes
 * @param disk made at random with the data directory: another disk is another one
 * @param bootstraps whether it is configured to found a cluster
 * @param founders the disks that the cluster was founded on, by node; empty when it belongs to none
 * @param incarnations which incarnation of the other node votes, per partition, -1 where its log
 *     does not tell
 */
public record Introduction(
    String nodeId,
    Layout layout,
    String disk,
    boolean bootstraps,
    Map<String, String> founders,
    List<Integer> incarnations) {
  public Introduction {
    founders = Map.copyOf(founders);
    incarnations = List.copyOf(incarnations);
  }

  /** The settings that never change and are the same on all nodes. */
  public record Layout(
      String clusterId, int partitions, Map<String, Integer> pinned, List<String> members) {
    public Layout {
      pinned = Map.copyOf(pinned);
      members = List.copyOf(members);
    }

    /** The first difference, by its key; null when there is none. */
    @Nullable String difference(Layout other) {
      if (!clusterId.equals(other.clusterId)) {
        return text("id", clusterId, other.clusterId);
      }
      if (partitions != other.partitions) {
        return text("partitions", partitions, other.partitions);
      }
      if (!pinned.equals(other.pinned)) {
        return text("pinned", new TreeMap<>(pinned), new TreeMap<>(other.pinned));
      }
      return members.equals(other.members) ? null : text("nodes", members, other.members);
    }

    private static String text(String key, Object here, Object there) {
      return "holdfast.cluster.%s is '%s' here and '%s' there".formatted(key, here, there);
    }
  }

  boolean isFounded() {
    return !founders.isEmpty();
  }
}
