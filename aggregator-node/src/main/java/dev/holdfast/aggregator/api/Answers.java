package dev.holdfast.aggregator.api;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GetPositionsResponse;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.UnmetDemand;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import java.util.ArrayList;
import java.util.List;

/** From the view to responses. */
final class Answers {
  private final ViewProgress progress;
  private final Ages ages;

  /**
   * @param ticker the one that arrivals are stamped with
   */
  Answers(ViewProgress progress, Ticker ticker) {
    this.progress = progress;
    this.ages = new Ages(progress, ticker);
  }

  GetGlobalStockResponse one(GlobalItem item, ViewCut cut) {
    return GetGlobalStockResponse.newBuilder()
        .setStock(stockAndDemand(item, cut))
        .addAllAsOf(positions(cut))
        .build();
  }

  /** A page, to which the caller adds where the next one begins. */
  ListGlobalStockResponse.Builder page(
      List<GlobalItem> items, boolean withUnmetDemand, ViewCut cut) {
    var response = ListGlobalStockResponse.newBuilder();
    items.forEach(
        item ->
            response.addStock(
                withUnmetDemand ? stockAndDemand(item, cut) : stock(item, cut).build()));
    return response.addAllAsOf(positions(cut));
  }

  GetPositionsResponse positionsOnly(ViewCut cut) {
    return GetPositionsResponse.newBuilder().addAllPositions(positions(cut)).build();
  }

  GlobalStock stockAndDemand(GlobalItem item, ViewCut cut) {
    return stock(item, cut).setUnmetDemand(unmetDemand(item.sku(), cut)).build();
  }

  private static GlobalStock.Builder stock(GlobalItem item, ViewCut cut) {
    var stock =
        GlobalStock.newBuilder()
            .setSku(item.sku())
            .setOnHand(item.total().onHand())
            .setReserved(item.total().reserved())
            .setAvailable(item.total().available())
            .setInTransit(item.total().inTransit())
            .setParkedChanges((int) cut.parkedChanges(item.sku()));
    item.stores()
        .forEach(
            inStore ->
                stock.addStores(
                    LevelAnswer.of(new StockKey(inStore.store(), item.sku()), inStore.level())));
    return stock;
  }

  private static UnmetDemand unmetDemand(String sku, ViewCut cut) {
    dev.holdfast.aggregator.view.UnmetDemand demand = cut.unmetDemand(sku);
    return UnmetDemand.newBuilder().setTimes(demand.times()).setUnits(demand.units()).build();
  }

  List<ViewPosition> positions(ViewCut cut) {
    List<ViewPosition> positions = new ArrayList<>();
    for (int partition = 0; partition < progress.partitionCount(); partition++) {
      Cursor cursor = cut.cursor(partition);
      positions.add(
          ViewPosition.newBuilder()
              .setPartition(partition)
              .setSequence(cursor.sequence())
              .setAgeMillis(ages.millis(partition))
              .setUntrusted(cursor.trust().untrusted())
              .build());
    }
    return positions;
  }
}
