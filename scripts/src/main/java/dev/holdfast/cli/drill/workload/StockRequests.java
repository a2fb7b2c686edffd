package dev.holdfast.cli.drill.workload;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;

/** Random requests about the stock and the terms of items. */
final class StockRequests {
  private static final int RESTOCK_MAX = 12;

  private final Draw draw;

  StockRequests(Draw draw) {
    this.draw = draw;
  }

  AdjustStockRequest adjust() {
    long delta = draw.below(9) - 4L;
    AdjustStockRequest.Builder adjust =
        AdjustStockRequest.newBuilder()
            .setStore(draw.store())
            .setSku(draw.sku())
            .setDelta(delta == 0 ? -5 : delta)
            .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECOUNT)
            .setIdempotencyKey(draw.key());
    if (draw.once(8)) {
      adjust.setExpectedVersion(1 + draw.below(20));
    }
    if (delta < 0 && draw.once(6)) {
      adjust.setRecordShortfall(true);
    }
    if (draw.everything() && draw.once(4)) {
      adjust.addFencingTokens(draw.anyToken());
    }
    return adjust.build();
  }

  Message terms() {
    String store = draw.store();
    String sku = draw.sku();
    return switch (draw.below(7)) {
      case 0 -> count(store, sku);
      case 1 ->
          SetSafetyStockRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setQuantity(draw.below(4))
              .setIdempotencyKey(draw.key())
              .build();
      case 2, 3 ->
          SetItemFrozenRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setFrozen(draw.once(3))
              .setIdempotencyKey(draw.key())
              .build();
      case 4 ->
          SetStoreFrozenRequest.newBuilder()
              .setStore(store)
              .setFrozen(draw.once(4))
              .setIdempotencyKey(draw.key())
              .build();
      case 5 -> create(store, sku);
      default ->
          DeleteItemRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setIdempotencyKey(draw.key())
              .build();
    };
  }

  /** Adds as much as others take, so that not everything is refused. */
  AdjustStockRequest restock() {
    return AdjustStockRequest.newBuilder()
        .setStore(draw.store())
        .setSku(draw.sku())
        .setDelta(1 + draw.below(RESTOCK_MAX))
        .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECEIVE)
        .setIdempotencyKey(draw.key())
        .build();
  }

  /** One of the requests about items that batches take, other than adjustments. */
  Message countOrCreate() {
    String store = draw.store();
    String sku = draw.sku();
    return draw.coin() ? count(store, sku) : create(store, sku);
  }

  private CountStockRequest count(String store, String sku) {
    return CountStockRequest.newBuilder()
        .setStore(store)
        .setSku(sku)
        .setCounted(draw.below(15))
        .setIdempotencyKey(draw.key())
        .build();
  }

  private CreateItemRequest create(String store, String sku) {
    return CreateItemRequest.newBuilder()
        .setStore(store)
        .setSku(sku)
        .setInitialQuantity(draw.below(5))
        .setIdempotencyKey(draw.key())
        .build();
  }
}
