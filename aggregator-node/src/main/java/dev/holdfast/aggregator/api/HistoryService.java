package dev.holdfast.aggregator.api;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.view.ItemHistory;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.ViewReader;
import dev.holdfast.aggregator.view.VisibleStores;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.FindHistoryResponse;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.ListStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The movements of items, and what their stock was. Reads on the executor for reads. */
public final class HistoryService extends HistoryServiceGrpc.HistoryServiceImplBase {
  private static final int WAITS_MAX = 1_000;

  private final ViewReads reads;
  private final TokenSeal seal = new TokenSeal(new SecureRandom());
  private final boolean enabled;
  private final InstantSource clock;
  private volatile @Nullable PartitionMap partitions;

  /**
   * @param ticker the one that heads are stamped with
   * @param reads may reject what is too much
   * @param enabled whether movements are kept
   * @param clock tells which times have not come
   */
  public HistoryService(
      ViewReader view,
      ViewProgress progress,
      Ticker ticker,
      Executor reads,
      boolean enabled,
      InstantSource clock) {
    this.reads = new ViewReads(view, progress, ticker, reads, WAITS_MAX);
    this.enabled = enabled;
    this.clock = clock;
  }

  public void open(PartitionMap found) {
    partitions = found;
  }

  @Override
  public void listMovements(
      ListMovementsRequest request, StreamObserver<ListMovementsResponse> observer) {
    Call.answer(
        observer,
        call -> {
          PartitionMap map = partitions();
          HistoryMapper.Page page = HistoryMapper.page(request, map.partitionCount());
          int partition = map.partitionOf(page.item().store());
          return reads.after(
              page.waitFor(), call, reading -> page(request, page, new Place(partition, reading)));
        });
  }

  @Override
  public void getStockAsOf(
      GetStockAsOfRequest request, StreamObserver<GetStockAsOfResponse> observer) {
    Call.answer(
        observer,
        call -> {
          PartitionMap map = partitions();
          HistoryMapper.AsOf asked = HistoryMapper.asOf(request, map.partitionCount(), clock);
          int partition = map.partitionOf(asked.item().store());
          return reads.after(
              asked.waitFor(), call, reading -> asOf(asked, new Place(partition, reading)));
        });
  }

  @Override
  public void listStockAsOf(
      ListStockAsOfRequest request, StreamObserver<ListStockAsOfResponse> observer) {
    Call.answer(
        observer,
        call -> {
          PartitionMap map = partitions();
          VisibleStores visible = ViewReads.visible();
          ListStockAsOfRequest opened =
              request.toBuilder().setPageToken(seal.open(request.getPageToken(), visible)).build();
          HistorySearchMapper.StorePage page =
              HistorySearchMapper.storePage(opened, map.partitionCount(), clock);
          int partition = map.partitionOf(page.store());
          return reads.after(
              page.waitFor(),
              call,
              reading -> {
                var found = new StoreStockAsOf(page, new Place(partition, reading)).answer(opened);
                return found
                    .setNextPageToken(seal.close(found.getNextPageToken(), visible))
                    .build();
              });
        });
  }

  @Override
  public void findHistory(
      FindHistoryRequest request, StreamObserver<FindHistoryResponse> observer) {
    Call.answer(
        observer,
        call -> {
          PartitionMap map = partitions();
          VisibleStores visible = ViewReads.visible();
          FindHistoryRequest opened =
              request.toBuilder().setPageToken(seal.open(request.getPageToken(), visible)).build();
          HistorySearchMapper.Page page = HistorySearchMapper.page(opened, map.partitionCount());
          return reads.after(
              page.waitFor(),
              call,
              reading -> {
                var found = HistorySearchAnswers.page(opened, page, map, reading);
                return found
                    .setNextPageToken(seal.close(found.getNextPageToken(), visible))
                    .build();
              });
        });
  }

  /** A partition in a cut. */
  record Place(int partition, ViewReading reading) {
    ItemHistory history(StockKey item) {
      return reading.cut().history(partition, item);
    }

    int parkedChanges(StockKey item) {
      return (int) reading.cut().parkedChanges(item);
    }

    ViewPosition position() {
      return reading.position(partition);
    }

    long sequence() {
      return reading.cut().cursor(partition).sequence();
    }
  }

  private PartitionMap partitions() {
    if (!enabled) {
      throw Statuses.exception(
          Statuses.of(Reason.HISTORY_OFF, "this aggregator keeps no history of movements"));
    }
    PartitionMap known = partitions;
    if (known == null) {
      throw Statuses.exception(
          Statuses.of(Reason.STALE, "the cluster was not reached since the aggregator started"));
    }
    return known;
  }

  private ListMovementsResponse page(
      ListMovementsRequest request, HistoryMapper.Page page, Place place) {
    ItemHistory history = place.history(page.item());
    if (history.level() == null && history.lastThrough(Long.MAX_VALUE) == null) {
      throw Statuses.exception(Refusal.itemNotFound(page.item().store(), page.item().sku()));
    }
    long behind = MomentPlaces.before(page.from(), history);
    long through = MomentPlaces.through(page.to(), history);
    if (page.last() > 0 && page.newestFirst()) {
      through = Math.min(through, page.last() - 1);
    } else if (page.last() > 0) {
      behind = Math.max(behind, page.last());
    }
    List<Movement> found = history.list(behind, through, page.newestFirst(), page.size() + 1);
    List<Movement> wanted = found.subList(0, Math.min(found.size(), page.size()));
    ListMovementsResponse.Builder shown =
        HistoryAnswers.page(wanted, history.since(), place)
            .setParkedChanges(place.parkedChanges(page.item()));
    int last = shown.getMovementsCount() - 1;
    return last + 1 == found.size()
        ? shown.build()
        : shown.setNextPageToken(HistoryMapper.token(request, found.get(last).sequence())).build();
  }

  private GetStockAsOfResponse asOf(HistoryMapper.AsOf asked, Place place) {
    ItemHistory history = place.history(asked.item());
    MomentPlaces.check(asked.moment(), history.since(), place);
    StockLevel level =
        history
            .asOf(MomentPlaces.through(asked.moment(), history))
            .filter(found -> !found.isDeleted())
            .orElseThrow(() -> Statuses.exception(notThere(asked.item())));
    return HistoryAnswers.asOf(asked.item(), level, history.since(), place);
  }

  private static Refusal notThere(StockKey item) {
    return new Refusal(
        Reason.NOT_FOUND,
        "SKU '" + item.sku() + "' in store '" + item.store() + "' was not there then",
        Map.of(Refusal.STORE, item.store(), Refusal.SKU, item.sku()));
  }
}
