package dev.holdfast.common.client;

import com.google.common.primitives.ImmutableIntArray;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One SubmitBatch: splits the commands by partition, lets each part go through its tries, and puts
 * the outcomes together in the order of the commands. Every command has an idempotency key.
 */
final class BatchCall {
  private final Calls calls;
  private final List<Command> commands;
  private final CommandOutcome[] outcomes;

  BatchCall(Calls calls, List<Command> commands) {
    this.calls = calls;
    this.commands = commands;
    outcomes = new CommandOutcome[commands.size()];
  }

  CompletableFuture<SubmitBatchResponse> start() {
    if (commands.isEmpty()) {
      SubmitBatchRequest empty = SubmitBatchRequest.getDefaultInstance();
      return calls.start(
          Operation.mutation(InventoryServiceGrpc.getSubmitBatchMethod()),
          null,
          empty); // the server reports the mistake
    }
    CompletableFuture<?>[] parts =
        placesByPartition().values().stream()
            .map(places -> new BatchPart(calls, commands, places.build(), outcomes).start())
            .toArray(CompletableFuture<?>[]::new);
    return parts.length == 1
        ? parts[0].thenApply(done -> merged())
        : CompletableFuture.allOf(parts).thenApply(done -> merged());
  }

  private Map<Integer, ImmutableIntArray.Builder> placesByPartition() {
    Map<Integer, ImmutableIntArray.Builder> places = new TreeMap<>();
    for (int place = 0; place < commands.size(); place++) {
      int partition =
          calls
              .router()
              .partitionOf(RequestFields.store(RequestFields.operation(commands.get(place))));
      places.computeIfAbsent(partition, first -> ImmutableIntArray.builder()).add(place);
    }
    return places;
  }

  private SubmitBatchResponse merged() {
    return SubmitBatchResponse.newBuilder().addAllOutcomes(Arrays.asList(outcomes)).build();
  }
}
