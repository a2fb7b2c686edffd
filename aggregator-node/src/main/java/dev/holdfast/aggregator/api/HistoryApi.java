package dev.holdfast.aggregator.api;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.ItemHistory;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.ViewReader;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.Moment;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The movements of items, and what their stock was. Reads on the executor for reads. */
public final class HistoryApi extends HistoryServiceGrpc.HistoryServiceImplBase {
  private static final int WAITS_MAX = 1_000;

  private final ViewReader view;
  private final PositionWaits waits;
  private final Ages ages;
  private final Executor reads;
  private final boolean enabled;
  private volatile @Nullable PartitionMap partitions;

  /** What it works with. */
  public record Parts(ViewReader view, ViewProgress progress, Ticker ticker, Executor reads) {}

  /**
   * @param enabled whether movements are kept
   */
  public HistoryApi(Parts parts, boolean enabled) {
    this.view = parts.view();
    this.waits = new PositionWaits(parts.progress(), WAITS_MAX);
    this.ages = new Ages(parts.progress(), parts.ticker());
    this.reads = parts.reads();
    this.enabled = enabled;
    parts.progress().listen(waits);
  }

  /** The cluster was found. */
  public void open(PartitionMap found) {
    partitions = found;
  }

  @Override
  public void listMovements(
      ListMovementsRequest request, StreamObserver<ListMovementsResponse> observer) {
    Call<ListMovementsResponse> call = new Call<>(observer);
    call.answer(
        () -> {
          PartitionMap map = partitions();
          HistoryRequests.Page page = HistoryRequests.page(request, map.partitionCount());
          int partition = map.partitionOf(page.item().store());
          return afterwards(
              call, page.waitFor(), reading -> page(request, page, new Place(partition, reading)));
        });
  }

  @Override
  public void getStockAsOf(
      GetStockAsOfRequest request, StreamObserver<GetStockAsOfResponse> observer) {
    Call<GetStockAsOfResponse> call = new Call<>(observer);
    call.answer(
        () -> {
          PartitionMap map = partitions();
          HistoryRequests.AsOf asked = HistoryRequests.asOf(request, map.partitionCount());
          int partition = map.partitionOf(asked.item().store());
          return afterwards(
              call, asked.waitFor(), reading -> asOf(asked, new Place(partition, reading)));
        });
  }

  /** A partition in a cut. */
  record Place(int partition, Reading reading) {
    ItemHistory history(StockKey item) {
      return reading.cut().history(partition, item);
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

  private <T> CompletableFuture<T> afterwards(
      Call<T> call, Map<Integer, Long> positions, Function<Reading, T> read) {
    CompletableFuture<Void> reached = waits.reached(positions, call.timeToWait());
    call.onCancel(() -> reached.cancel(false));
    return reached.thenApplyAsync(
        done -> {
          try (Reading reading = Reading.of(view, ages)) {
            return read.apply(reading);
          }
        },
        reads);
  }

  private ListMovementsResponse page(
      ListMovementsRequest request, HistoryRequests.Page page, Place place) {
    ItemHistory history = place.history(page.item());
    if (history.level() == null && history.lastThrough(Long.MAX_VALUE) == null) {
      throw Statuses.exception(Refusal.itemNotFound(page.item().store(), page.item().sku()));
    }
    long behind = before(page.from(), history);
    long through = through(page.to(), history);
    if (page.last() > 0 && page.newestFirst()) {
      through = Math.min(through, page.last() - 1);
    } else if (page.last() > 0) {
      behind = Math.max(behind, page.last());
    }
    List<Movement> found = history.list(behind, through, page.newestFirst(), page.size() + 1);
    List<Movement> wanted = found.subList(0, Math.min(found.size(), page.size()));
    ListMovementsResponse.Builder shown = HistoryAnswers.page(wanted, history.since(), place);
    int last = shown.getMovementsCount() - 1;
    return last + 1 == found.size()
        ? shown.build()
        : shown
            .setNextPageToken(HistoryRequests.token(request, found.get(last).sequence()))
            .build();
  }

  private static long before(Moment from, ItemHistory history) {
    return switch (from.getAtCase()) {
      case SEQUENCE -> from.getSequence() - 1;
      case TIME_MILLIS -> history.sequenceAt(from.getTimeMillis() - 1);
      case AT_NOT_SET -> 0;
    };
  }

  private static long through(Moment to, ItemHistory history) {
    return switch (to.getAtCase()) {
      case SEQUENCE -> to.getSequence();
      case TIME_MILLIS -> history.sequenceAt(to.getTimeMillis());
      case AT_NOT_SET -> Long.MAX_VALUE;
    };
  }

  private GetStockAsOfResponse asOf(HistoryRequests.AsOf asked, Place place) {
    ItemHistory history = place.history(asked.item());
    Refusal refusal = refusal(asked.moment(), history.since(), place);
    if (refusal != null) {
      throw Statuses.exception(refusal);
    }
    StockLevel level =
        history
            .asOf(through(asked.moment(), history))
            .filter(found -> !found.isDeleted())
            .orElseThrow(() -> Statuses.exception(notThere(asked.item())));
    return HistoryAnswers.asOf(asked.item(), level, history.since(), place);
  }

  /** Why the stock of that moment can not be told, or null. */
  private static @Nullable Refusal refusal(Moment moment, HistorySince since, Place place) {
    boolean isOfTime = moment.getAtCase() == Moment.AtCase.TIME_MILLIS;
    if (isOfTime
        ? moment.getTimeMillis() < since.timeMillis()
        : moment.getSequence() < since.sequence()) {
      return new Refusal(
          Reason.HISTORY_TRUNCATED,
          "the history of partition %d begins at sequence %d"
              .formatted(place.partition(), since.sequence()),
          Map.of(
              Refusal.PARTITION,
              Integer.toString(place.partition()),
              Refusal.EARLIEST_SEQUENCE,
              Long.toString(since.sequence())));
    }
    return !isOfTime && moment.getSequence() > place.sequence() ? ahead(place) : null;
  }

  private static Refusal ahead(Place place) {
    String next = Long.toString(place.sequence() + 1);
    return new Refusal(
        Reason.AHEAD_OF_LOG,
        "the view's next sequence of partition " + place.partition() + " is " + next,
        Map.of(
            Refusal.PARTITION, Integer.toString(place.partition()), Refusal.NEXT_SEQUENCE, next));
  }

  private static Refusal notThere(StockKey item) {
    return new Refusal(
        Reason.NOT_FOUND,
        "SKU '" + item.sku() + "' in store '" + item.store() + "' was not there then",
        Map.of(Refusal.STORE, item.store(), Refusal.SKU, item.sku()));
  }
}
