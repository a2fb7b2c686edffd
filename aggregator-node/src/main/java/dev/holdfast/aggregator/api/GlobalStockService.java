package dev.holdfast.aggregator.api;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewReader;
import dev.holdfast.aggregator.view.VisibleStores;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GetPositionsRequest;
import dev.holdfast.proto.inventory.v1.GetPositionsResponse;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Reads of the global view. A single SKU that need not wait is read on the caller's thread, which
 * takes microseconds; everything else goes through the executor for reads.
 */
public final class GlobalStockService extends GlobalStockServiceGrpc.GlobalStockServiceImplBase {
  /** Answers that may wait for the view at one time. */
  private static final int WAITS_MAX = 10_000;

  /** No page or batch passes the 4 MiB that gRPC clients accept by default, positions included. */
  static final int ANSWER_BYTES_MAX = 3 << 20;

  /** What a filter holds back costs too: a page is short, or empty, rather than slow. */
  private static final int PAGE_SKUS_READ_MAX = 50_000;

  private final ViewProgress progress;
  private final ViewReads reads;
  private final TokenSeal seal = new TokenSeal(new SecureRandom());

  /**
   * @param ticker the one that heads are stamped with
   * @param reads may reject what is too much
   */
  public GlobalStockService(ViewReader view, ViewProgress progress, Ticker ticker, Executor reads) {
    this.progress = progress;
    this.reads = new ViewReads(view, progress, ticker, reads, WAITS_MAX);
  }

  @Override
  public void getGlobalStock(
      GetGlobalStockRequest request, StreamObserver<GetGlobalStockResponse> observer) {
    Call.answer(
        observer,
        call -> {
          Map<Integer, Long> waitFor = GlobalStockMapper.waitFor(request, knownPartitions());
          Function<ViewReading, GetGlobalStockResponse> read =
              reading -> item(request.getSku(), reading);
          return waitFor.isEmpty()
              ? CompletableFuture.completedFuture(reads.now(read))
              : reads.after(waitFor, call, read);
        });
  }

  @Override
  public void batchGetGlobalStock(
      BatchGetGlobalStockRequest request, StreamObserver<BatchGetGlobalStockResponse> observer) {
    Call.answer(
        observer,
        call -> {
          Map<Integer, Long> waitFor = GlobalStockMapper.waitFor(request, knownPartitions());
          return reads.after(
              waitFor, call, reading -> GlobalStockAnswers.batch(request.getSkusList(), reading));
        });
  }

  @Override
  public void getPositions(
      GetPositionsRequest request, StreamObserver<GetPositionsResponse> observer) {
    Call.answer(
        observer,
        call -> {
          knownPartitions();
          return CompletableFuture.completedFuture(reads.now(GlobalStockService::positions));
        });
  }

  @Override
  public void listGlobalStock(
      ListGlobalStockRequest request, StreamObserver<ListGlobalStockResponse> observer) {
    Call.answer(
        observer,
        call -> {
          VisibleStores visible = ViewReads.visible();
          ListGlobalStockRequest opened =
              request.toBuilder().setPageToken(seal.open(request.getPageToken(), visible)).build();
          GlobalStockMapper.Page page = GlobalStockMapper.page(opened, knownPartitions());
          return reads.after(
              page.waitFor(),
              call,
              reading -> {
                var found = page(page, reading);
                return found
                    .setNextPageToken(seal.close(found.getNextPageToken(), visible))
                    .build();
              });
        });
  }

  private int knownPartitions() {
    int partitions = progress.partitionCount();
    if (partitions == 0) {
      throw Statuses.exception(
          Statuses.of(Reason.STALE, "there is no view yet: the cluster was not reached so far"));
    }
    return partitions;
  }

  private static GetGlobalStockResponse item(String sku, ViewReading reading) {
    GlobalItem item = reading.cut().item(sku).orElseThrow(() -> Statuses.exception(unknown(sku)));
    return GlobalStockAnswers.one(item, reading);
  }

  private static GetPositionsResponse positions(ViewReading reading) {
    return GetPositionsResponse.newBuilder().addAllPositions(reading.positions()).build();
  }

  private static Refusal unknown(String sku) {
    String message = "no store has SKU '" + sku + "'";
    return new Refusal(Reason.NOT_FOUND, message, Map.of(Refusal.SKU, sku));
  }

  private static ListGlobalStockResponse.Builder page(
      GlobalStockMapper.Page page, ViewReading reading) {
    var bounds =
        new ViewCut.PageBounds(
            page.size(), ANSWER_BYTES_MAX, PAGE_SKUS_READ_MAX, page.withStores());
    ViewCut.Page found = reading.cut().page(page.afterSku(), page.filter(), bounds);
    String next = found.isLast() ? "" : GlobalStockToken.of(found.lastSkuRead(), page.filter());
    return GlobalStockAnswers.page(found.items(), page.withUnmetDemand(), reading)
        .setNextPageToken(next);
  }
}
