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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks store nodes how far partitions got, one after the other until one knows. */
public final class Heads {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final List<Replica> replicas;

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
    ask(partition, 0, head);
    return head;
  }

  private void ask(int partition, int tries, CompletableFuture<Long> head) {
    Replica replica = replicas.get((partition + tries) % replicas.size());
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
            head.complete(found == null ? 0 : found.getSequence());
          }

          @Override
          public void onFailure(Throwable cause) {
            next(partition, tries + 1, head, cause);
          }
        },
        MoreExecutors.directExecutor());
  }

  private void next(int partition, int tries, CompletableFuture<Long> head, Throwable cause) {
    if (tries < replicas.size()) {
      ask(partition, tries, head);
      return;
    }
    String message = "no store node knows the head of partition " + partition + ": ";
    head.completeExceptionally(
        Statuses.exception(Statuses.of(Reason.NO_LEADER, message + cause.getMessage())));
  }
}
