package dev.holdfast.cli.imports;

import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A cluster on a bad day, by a seed: answers come late and out of order; some batches are decided
 * up to a point only, and of some decided ones the caller does not learn the outcome.
 */
final class UnreliableSender implements Sender, AutoCloseable {
  private final FakeStock stock;
  private final Random random;
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);

  UnreliableSender(FakeStock stock, long seed) {
    this.stock = stock;
    random = new Random(seed);
  }

  @Override
  public CompletableFuture<SubmitBatchResponse> send(SubmitBatchRequest request) {
    CompletableFuture<SubmitBatchResponse> answer = new CompletableFuture<>();
    Runnable decide = () -> answer.complete(decide(request));
    var unused = clock.schedule(decide, upTo(3_000), TimeUnit.MICROSECONDS);
    return answer;
  }

  @Override
  public int partitionOf(String store) {
    return Math.floorMod(store.hashCode(), 3);
  }

  /** One of: all decided; a part decided; a part decided of which a part is told. */
  private SubmitBatchResponse decide(SubmitBatchRequest request) {
    int size = request.getCommandsCount();
    int decided = upTo(3) == 0 ? upTo(size + 1) : size;
    int told = upTo(4) == 0 ? upTo(decided + 1) : decided;
    Reason reason = told < decided ? Reason.OUTCOME_UNKNOWN : Reason.NO_LEADER;
    SubmitBatchResponse.Builder response = SubmitBatchResponse.newBuilder();
    for (int i = 0; i < size; i++) {
      Command command = request.getCommands(i);
      CommandOutcome undecided = FakeStock.notDecided(reason);
      CommandOutcome outcome = i < decided ? stock.decide(command) : undecided;
      response.addOutcomes(i < told ? outcome : undecided);
    }
    return response.build();
  }

  private synchronized int upTo(int bound) {
    return random.nextInt(bound);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
