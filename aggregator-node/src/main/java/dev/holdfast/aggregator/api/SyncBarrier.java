package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.aggregator.v1.SyncNowResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Waits until the view includes everything that was committed before. */
final class SyncBarrier {
  private final SyncService.Cluster cluster;
  private final ViewProgress progress;
  private final PositionWaits waits;
  private final Executor reads;

  /**
   * @param reads where answers are sent from, so that the writer of the view is not kept
   */
  SyncBarrier(
      SyncService.Cluster cluster, ViewProgress progress, PositionWaits waits, Executor reads) {
    this.reads = reads;
    this.cluster = cluster;
    this.progress = progress;
    this.waits = waits;
  }

  CompletableFuture<SyncNowResponse> passed(Call<SyncNowResponse> call) {
    if (!cluster.sync().isRunning()) {
      throw Statuses.exception(Statuses.of(Reason.SYNC_STOPPED, "sync is stopped; start it first"));
    }
    Duration within = call.timeToWait();
    CompletableFuture<Void> givenUp = new CompletableFuture<>();
    call.onCancel(() -> givenUp.complete(null));
    return heads()
        .thenCompose(heads -> reached(heads, within, givenUp))
        .thenApplyAsync(reached -> sequences(), reads);
  }

  private CompletableFuture<Void> reached(
      Map<Integer, Long> heads, Duration within, CompletableFuture<Void> givenUp) {
    CompletableFuture<Void> reached = waits.reached(heads, within);
    var unused = givenUp.thenRun(() -> reached.cancel(false));
    return reached;
  }

  private CompletableFuture<Map<Integer, Long>> heads() {
    Map<Integer, Long> heads = new ConcurrentHashMap<>();
    CompletableFuture<?>[] asked =
        IntStream.range(0, progress.partitionCount())
            .mapToObj(
                partition ->
                    cluster.heads().of(partition).thenAccept(head -> heads.put(partition, head)))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(asked).thenApply(all -> heads);
  }

  private SyncNowResponse sequences() {
    var response = SyncNowResponse.newBuilder();
    for (int partition = 0; partition < progress.partitionCount(); partition++) {
      response.addSequences(progress.of(partition).cursor().sequence());
    }
    return response.build();
  }
}
