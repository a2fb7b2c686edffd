package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import java.util.Optional;

/** The answer to a batch, SKU by SKU, as far as there is room. One always has room. */
final class BatchAnswer {
  private final Answers answers;
  private final ViewCut cut;
  private final BatchGetGlobalStockResponse.Builder response =
      BatchGetGlobalStockResponse.newBuilder();
  private long bytes;

  BatchAnswer(Answers answers, ViewCut cut) {
    this.answers = answers;
    this.cut = cut;
  }

  /** Adds a SKU, or what is missing; false when there is no room. */
  boolean add(String sku, Optional<GlobalItem> item) {
    if (item.isEmpty()) {
      response.addMissing(sku);
      return true;
    }
    GlobalStock stock = answers.stockAndDemand(item.get(), cut);
    bytes += stock.getSerializedSize();
    if (bytes > GlobalStockApi.ANSWER_BYTES_MAX && size() > 0) {
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
    return response.addAllAsOf(answers.positions(cut)).build();
  }
}
