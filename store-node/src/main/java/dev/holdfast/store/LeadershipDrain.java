package dev.holdfast.store;

import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gives leadership away before a node stops, so that nobody has to wait for an election. */
final class LeadershipDrain {
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long LOOK_MILLIS = 10;

  private final Partitions partitions;

  LeadershipDrain(Partitions partitions) {
    this.partitions = partitions;
  }

  /** False when interrupted. A partition that nobody can take is left to the election. */
  boolean run() {
    List<PartitionReplica> leaving =
        partitions.all().stream().filter(PartitionReplica::giveLeadershipAway).toList();
    long end = System.nanoTime() + WAIT_NANOS;
    try {
      while (isLeading(leaving) && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isLeading(List<PartitionReplica> leaving) {
    return leaving.stream().anyMatch(PartitionReplica::isLeading);
  }
}
