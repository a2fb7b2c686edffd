package dev.holdfast.aggregator.api;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.export.Heads;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.invariant.ViolationLog;
import dev.holdfast.aggregator.proof.Prover;
import dev.holdfast.aggregator.proof.SyncSwitch;
import dev.holdfast.aggregator.source.FeedTails;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.ListViolationsRequest;
import dev.holdfast.proto.aggregator.v1.ListViolationsResponse;
import dev.holdfast.proto.aggregator.v1.RebuildRequest;
import dev.holdfast.proto.aggregator.v1.RebuildResponse;
import dev.holdfast.proto.aggregator.v1.StartSyncRequest;
import dev.holdfast.proto.aggregator.v1.StartSyncResponse;
import dev.holdfast.proto.aggregator.v1.StopSyncRequest;
import dev.holdfast.proto.aggregator.v1.StopSyncResponse;
import dev.holdfast.proto.aggregator.v1.SyncNowRequest;
import dev.holdfast.proto.aggregator.v1.SyncNowResponse;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls about the keeping of the view and its proof. Before the cluster is found there is
 * little to report.
 */
public final class SyncService extends SyncServiceGrpc.SyncServiceImplBase {
  private static final int WAITS_MAX = 1_000;

  private final ViewProgress progress;
  private final ViolationLog violations;
  private final PositionWaits waits;
  private final SyncAnswers answers;
  private final Executor reads;
  private final AtomicReference<@Nullable Cluster> cluster = new AtomicReference<>();

  /** What there is once the cluster was met. */
  public record Cluster(FeedTails tails, Heads heads, Prover prover, SyncSwitch sync) {}

  /**
   * @param parkedChanges now
   * @param ticker the one that heads are stamped with
   * @param reads may reject what is too much
   */
  public SyncService(
      ViewProgress progress,
      ViolationLog violations,
      LongSupplier parkedChanges,
      Ticker ticker,
      Executor reads) {
    this.progress = progress;
    this.violations = violations;
    this.waits = new PositionWaits(progress, WAITS_MAX);
    this.answers = new SyncAnswers(progress, violations, parkedChanges, ticker);
    this.reads = reads;
    progress.listen(waits);
  }

  public void open(Cluster found) {
    cluster.set(found);
  }

  private Cluster cluster() {
    Cluster found = cluster.get();
    if (found == null) {
      throw Statuses.exception(
          Statuses.of(Reason.STALE, "there is no sync yet: the cluster was not reached so far"));
    }
    return found;
  }

  /** The status of the view, for gRPC and HTTP. */
  public GetSyncStatusResponse status() {
    Cluster found = cluster.get();
    return found == null ? answers.nothing() : answers.status(found.sync(), found.tails());
  }

  @Override
  public void getSyncStatus(
      GetSyncStatusRequest request, StreamObserver<GetSyncStatusResponse> observer) {
    Call.answer(observer, call -> CompletableFuture.completedFuture(status()));
  }

  @Override
  public void startSync(StartSyncRequest request, StreamObserver<StartSyncResponse> observer) {
    Call.answer(
        observer, call -> switched(SyncSwitch::start, StartSyncResponse.getDefaultInstance()));
  }

  @Override
  public void stopSync(StopSyncRequest request, StreamObserver<StopSyncResponse> observer) {
    Call.answer(
        observer, call -> switched(SyncSwitch::stop, StopSyncResponse.getDefaultInstance()));
  }

  private <T> CompletableFuture<T> switched(Consumer<SyncSwitch> change, T response) {
    SyncSwitch sync = cluster().sync();
    return CompletableFuture.runAsync(() -> change.accept(sync), reads).thenApply(done -> response);
  }

  @Override
  public void syncNow(SyncNowRequest request, StreamObserver<SyncNowResponse> observer) {
    Call.answer(observer, call -> new SyncBarrier(cluster(), progress, waits, reads).passed(call));
  }

  @Override
  public void rebuild(RebuildRequest request, StreamObserver<RebuildResponse> observer) {
    Call.answer(
        observer,
        call -> {
          Cluster found = cluster();
          int partition = SyncMapper.partition(request, progress.partitionCount());
          return found.prover().rebuild(partition).thenApply(answers::rebuilt);
        });
  }

  @Override
  public void verify(VerifyRequest request, StreamObserver<VerifyResponse> observer) {
    Call.answer(
        observer,
        call -> {
          call.onCancel(() -> {}); // it is noticed before the next partition
          Prover prover = cluster().prover();
          List<Integer> partitions = SyncMapper.partitions(request, progress.partitionCount());
          return new Verification(observer, prover, request.getRepair())
              .run(partitions, request.getPartitionsCount() == 0);
        });
  }

  @Override
  public void listViolations(
      ListViolationsRequest request, StreamObserver<ListViolationsResponse> observer) {
    Call.answer(
        observer,
        call -> {
          SyncMapper.Violations page = SyncMapper.violations(request);
          return CompletableFuture.supplyAsync(
              () -> answers.violations(violations.newest(page.size(), page.beforeId())), reads);
        });
  }
}
