package dev.holdfast.store.timers;

import dev.holdfast.store.peers.PeerWatch;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * On the leader, checks whether a majority of the members has room on its disks. A follower cannot
 * refuse the entries that it is sent: it would take them until its log dies, and with it all of its
 * replicas, and a second such node takes the quorum along. So the leader refuses mutations when no
 * majority is left without the members that are full or away. While none is full, members that are
 * away are left to Raft. The leader's own disk is checked at each mutation.
 */
public final class RoomTimer implements Runnable {
  private final LedPartition partition;
  private final List<String> others;
  private final PeerWatch peers;
  private final Consumer<@Nullable String> refuse;

  /**
   * @param others the members but this node
   * @param refuse why mutations are to be refused from now on; null when they are not
   */
  public RoomTimer(
      LedPartition partition,
      List<String> others,
      PeerWatch peers,
      Consumer<@Nullable String> refuse) {
    this.partition = partition;
    this.others = List.copyOf(others);
    this.peers = peers;
    this.refuse = refuse;
  }

  @Override
  public void run() {
    refuse.accept(partition.isLeader() ? why() : null);
  }

  private @Nullable String why() {
    List<String> full = others.stream().filter(this::isFull).toList();
    if (full.isEmpty()) {
      return null;
    }
    List<String> away = others.stream().filter(this::isAway).toList();
    long left = others.size() + 1 - Stream.concat(full.stream(), away.stream()).distinct().count();
    return left > (others.size() + 1) / 2 ? null : message(full, away);
  }

  private boolean isFull(String node) {
    return peers.fresh(node).filter(peer -> peer.status().getDiskNearlyFull()).isPresent();
  }

  private boolean isAway(String node) {
    return peers.fresh(node).isEmpty() || !partition.isAlive(node);
  }

  private static String message(List<String> full, List<String> away) {
    String gone =
        away.stream().filter(node -> !full.contains(node)).collect(Collectors.joining(", "));
    return "not tried: no majority of the nodes has room; nearly full: %s%s; free space there"
        .formatted(String.join(", ", full), gone.isEmpty() ? "" : "; away: " + gone);
  }
}
