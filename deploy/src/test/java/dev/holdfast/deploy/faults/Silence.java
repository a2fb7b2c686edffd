package dev.holdfast.deploy.faults;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.history.PackedCall;
import dev.holdfast.cli.drill.history.Recordable;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The time without an acknowledged write. */
final class Silence {
  private static final PartitionMap PARTITIONS = new PartitionMap(Site.PARTITIONS, Map.of());

  private Silence() {}

  /** The longest that a partition had, from the first call to the last. */
  static Duration longest(History history) {
    List<PackedCall> calls = history.packed();
    long begin = calls.stream().mapToLong(PackedCall::beginNanos).min().orElse(0);
    long end = calls.stream().mapToLong(PackedCall::beginNanos).max().orElse(begin);
    Map<Integer, Long> lastWrites = new TreeMap<>();
    for (int partition = 0; partition < Site.PARTITIONS; partition++) {
      lastWrites.put(partition, begin);
    }
    long longest = 0;
    for (Call call : acknowledgedWrites(calls)) {
      for (int partition : partitions(call.request())) {
        long last = lastWrites.put(partition, call.endNanos());
        longest = Math.max(longest, call.endNanos() - last);
      }
    }
    for (long last : lastWrites.values()) {
      longest = Math.max(longest, end - last);
    }
    return Duration.ofNanos(longest);
  }

  private static List<Call> acknowledgedWrites(List<PackedCall> calls) {
    return calls.stream()
        .filter(call -> call.endNanos() != Call.NEVER)
        .sorted(Comparator.comparingLong(PackedCall::endNanos))
        .map(PackedCall::unpack)
        .filter(call -> !call.kind().isRead() && call.outcome() instanceof Outcome.Answered)
        .toList();
  }

  private static Set<Integer> partitions(Message request) {
    if (request instanceof SubmitBatchRequest batch) {
      return batch.getCommandsList().stream()
          .flatMap(command -> partitions(Recordable.operation(command)).stream())
          .collect(Collectors.toSet());
    }
    FieldDescriptor store = request.getDescriptorForType().findFieldByName("store");
    return store == null
        ? Set.of()
        : Set.of(PARTITIONS.partitionOf((String) request.getField(store)));
  }
}
