package dev.holdfast.aggregator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.view.ItemHistory;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.ListStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;

/** One page of the stock of a store as it stood at a moment. */
final class StoreStockAsOf {
  /** What other stores have costs too: a page is short, or empty, rather than slow. */
  private static final int RECORDS_READ_MAX = 200_000;

  private static final int TAG_BYTES = 5;

  private final HistorySearchMapper.StorePage page;
  private final HistoryService.Place place;
  private final ListStockAsOfResponse.Builder response = ListStockAsOfResponse.newBuilder();
  private final boolean someParked;
  private long bytes;
  private int parked;

  StoreStockAsOf(HistorySearchMapper.StorePage page, HistoryService.Place place) {
    this.page = page;
    this.place = place;
    this.someParked = place.reading().cut().parkedChanges(place.partition()) > 0;
  }

  /** The page, whose token may name an SKU that only other stores have. */
  ListStockAsOfResponse.Builder answer(ListStockAsOfRequest request) {
    ViewCut cut = place.reading().cut();
    var since = cut.historySince(place.partition());
    MomentPlaces.check(page.moment(), since, place);
    String last = cut.itemsOf(page.store(), page.afterSku(), RECORDS_READ_MAX, this::add);
    if (!last.isEmpty()) {
      byte[] behind = last.getBytes(UTF_8);
      response.setNextPageToken(RequestToken.of(HistorySearchMapper.sameOf(request), behind));
    }
    return response
        .setSince(HistoryAnswers.since(since))
        .setAsOf(place.position())
        .setParkedChanges(parked);
  }

  /** Adds an item, if it was there then; false when the page is full. */
  private boolean add(String sku) {
    StockKey item = new StockKey(page.store(), sku);
    ItemHistory history = place.history(item);
    parked += someParked ? place.parkedChanges(item) : 0;
    history
        .asOf(MomentPlaces.through(page.moment(), history))
        .filter(level -> !level.isDeleted())
        .ifPresent(level -> add(LevelAnswer.of(item, level)));
    return response.getStockCount() < page.size() && bytes < GlobalStockService.ANSWER_BYTES_MAX;
  }

  private void add(StockLevel level) {
    bytes += level.getSerializedSize() + TAG_BYTES;
    response.addStock(level);
  }
}
