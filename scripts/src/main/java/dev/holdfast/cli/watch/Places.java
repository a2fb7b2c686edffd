package dev.holdfast.cli.watch;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.holdfast.cli.Await;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.WatchClient;
import dev.holdfast.proto.inventory.v1.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The end of a watch with --until-now: the committed positions of its partitions when it began.
 *
 * @param sequences by partition
 */
record Places(Map<Integer, Long> sequences) {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /** The ends of the partitions of some stores, or of all partitions when no store is named. */
  static Places ofNow(HoldfastClient client, List<String> stores) {
    int count = Await.answer(client.topology()).getPartitionCount();
    List<Integer> partitions =
        stores.isEmpty()
            ? IntStream.range(0, count).boxed().toList()
            : stores.stream().map(client::partitionOf).distinct().toList();
    return new Places(
        partitions.stream()
            .collect(
                Collectors.toMap(
                    partition -> partition, partition -> Await.answer(client.head(partition)))));
  }

  /** Waits until a watch has reached all of them, or has ended otherwise. */
  void await(WatchClient watch) {
    while (!watch.end().isDone() && !areReached(watch.positions())) {
      Uninterruptibles.sleepUninterruptibly(BETWEEN_LOOKS);
    }
  }

  boolean areReached(List<Position> positions) {
    Map<Integer, Long> reached =
        positions.stream().collect(Collectors.toMap(Position::getPartition, Position::getSequence));
    return sequences.entrySet().stream()
        .allMatch(end -> reached.getOrDefault(end.getKey(), -1L) >= end.getValue());
  }
}
