package dev.holdfast.aggregator.export;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.holdfast.aggregator.source.Replica;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.GetHeadRequest;
import dev.holdfast.proto.feed.v1.GetHeadResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks store nodes how far partitions got, one after the other until one knows. */
public final class Heads {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final List<Replica> replicas;

  /** Which one knew last, by partition: whoever does not answer is not waited for again. */
  private final Map<Integer, Integer> knowing = new ConcurrentHashMap<>();

  public Heads(List<Replica> replicas) {
    this.replicas = List.copyOf(replicas);
  }

  /**
   * The last event of a partition; includes all that was committed before.
   *
   * @return fails with NO_LEADER when no store node knows
   */
  public CompletableFuture<Long> of(int partition) {
    CompletableFuture<Long> head = new CompletableFuture<>();
    ask(partition, knowing.getOrDefault(partition, partition), replicas.size(), head);
    return head;
  }

  private void ask(int partition, int place, int left, CompletableFuture<Long> head) {
    int asked = place % replicas.size();
    Replica replica = replicas.get(asked);
    replica.channel().resetConnectBackoff();
    ListenableFuture<GetHeadResponse> answer =
        FeedServiceGrpc.newFutureStub(replica.channel())
            .withDeadlineAfter(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .getHead(GetHeadRequest.newBuilder().setPartition(partition).build());
    Futures.addCallback(
        answer,
        new FutureCallback<>() {
          @Override
          public void onSuccess(@Nullable GetHeadResponse found) {
            knowing.put(partition, asked);
            head.complete(found == null ? 0 : found.getSequence());
          }

          @Override
          public void onFailure(Throwable cause) {
            if (left > 1) {
              ask(partition, asked + 1, left - 1, head);
            } else {
              head.completeExceptionally(nobodyKnows(partition, cause));
            }
          }
        },
        MoreExecutors.directExecutor());
  }

  private static StatusRuntimeException nobodyKnows(int partition, Throwable cause) {
    String message = "no store node knows the head of partition " + partition + ": ";
    return Statuses.exception(Statuses.of(Reason.NO_LEADER, message + cause.getMessage()));
  }
}
