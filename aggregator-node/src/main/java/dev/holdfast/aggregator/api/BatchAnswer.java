package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import java.util.Optional;

/** The answer to a batch, SKU by SKU, as far as there is room. One always has room. */
final class BatchAnswer {
  private final Reading reading;
  private final BatchGetGlobalStockResponse.Builder response =
      BatchGetGlobalStockResponse.newBuilder();
  private long bytes;

  BatchAnswer(Reading reading) {
    this.reading = reading;
  }

  /** Adds a SKU, or what is missing; false when there is no room. */
  boolean add(String sku, Optional<GlobalItem> item) {
    if (item.isEmpty()) {
      response.addMissing(sku);
      return true;
    }
    GlobalStock stock = GlobalStockAnswers.stockAndDemand(item.get(), reading.cut());
    bytes += stock.getSerializedSize();
    if (bytes > GlobalStockService.ANSWER_BYTES_MAX && size() > 0) {
      return false;
    }
    response.addStock(stock);
    return true;
  }

  /** SKUs so far. */
  int size() {
    return response.getStockCount() + response.getMissingCount();
  }

  BatchGetGlobalStockResponse end() {
    return response.addAllAsOf(reading.positions()).build();
  }
}
