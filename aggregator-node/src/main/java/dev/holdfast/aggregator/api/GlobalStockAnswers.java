package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.UnmetDemand;
import java.util.List;
import java.util.Optional;

/** From the view to responses. */
final class GlobalStockAnswers {
  private GlobalStockAnswers() {}

  static GetGlobalStockResponse one(GlobalItem item, ViewReading reading) {
    return GetGlobalStockResponse.newBuilder()
        .setStock(stockAndDemand(item, reading))
        .addAllAsOf(reading.positions())
        .setPartial(reading.isPartial())
        .build();
  }

  /** A batch, which is refused when it has more than there is room for; one always has room. */
  static BatchGetGlobalStockResponse batch(List<String> skus, ViewReading reading) {
    var response = BatchGetGlobalStockResponse.newBuilder();
    long bytes = 0;
    for (int i = 0; i < skus.size(); i++) {
      Optional<GlobalItem> item = reading.cut().item(skus.get(i));
      if (item.isEmpty()) {
        response.addMissing(skus.get(i));
      } else {
        GlobalStock stock = stockAndDemand(item.get(), reading);
        bytes += stock.getSerializedSize();
        if (bytes > GlobalStockService.ANSWER_BYTES_MAX && i > 0) {
          throw Statuses.exception(GlobalStockMapper.tooLarge(i, skus.size()));
        }
        response.addStock(stock);
      }
    }
    return response.addAllAsOf(reading.positions()).setPartial(reading.isPartial()).build();
  }

  /** A page, to which the caller adds where the next one begins. */
  static ListGlobalStockResponse.Builder page(
      List<GlobalItem> items, boolean withUnmetDemand, ViewReading reading) {
    ViewCut cut = reading.cut();
    var response = ListGlobalStockResponse.newBuilder();
    items.forEach(
        item ->
            response.addStock(
                withUnmetDemand ? stockAndDemand(item, reading) : stock(item, cut).build()));
    return response.addAllAsOf(reading.positions()).setPartial(reading.isPartial());
  }

  /** Demand is not counted by store. */
  private static GlobalStock stockAndDemand(GlobalItem item, ViewReading reading) {
    GlobalStock.Builder stock = stock(item, reading.cut());
    return reading.isPartial()
        ? stock.build()
        : stock.setUnmetDemand(unmetDemand(item.sku(), reading.cut())).build();
  }

  private static GlobalStock.Builder stock(GlobalItem item, ViewCut cut) {
    var stock =
        GlobalStock.newBuilder()
            .setSku(item.sku())
            .setOnHand(item.total().onHand())
            .setReserved(item.total().reserved())
            .setAvailable(item.total().available())
            .setReservable(item.reservable())
            .setInTransit(item.total().inTransit())
            .setParkedChanges((int) cut.parkedChanges(item.sku()));
    item.stores()
        .forEach(
            inStore ->
                stock.addStores(
                    LevelAnswer.read(
                        new StockKey(inStore.store(), item.sku()),
                        inStore.level(),
                        inStore.storeFrozen())));
    return stock;
  }

  private static UnmetDemand unmetDemand(String sku, ViewCut cut) {
    dev.holdfast.aggregator.view.UnmetDemand demand = cut.unmetDemand(sku);
    return UnmetDemand.newBuilder().setTimes(demand.times()).setUnits(demand.units()).build();
  }
}
