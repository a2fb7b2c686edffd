package dev.holdfast.cli.imports;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;

/** Movements for tests; the idempotency key of line 7 is k7. */
final class Movements {
  private Movements() {}

  static FileMovement create(long line, String sku, long units) {
    CreateItemRequest request =
        CreateItemRequest.newBuilder()
            .setStore(store(sku))
            .setSku(sku)
            .setInitialQuantity(units)
            .setIdempotencyKey("k" + line)
            .build();
    Command command = Command.newBuilder().setCreateItem(request).build();
    return new FileMovement(
        line, MovementKind.CREATE, new StockKey(store(sku), sku), "k" + line, 0, command);
  }

  static FileMovement sale(long line, String sku, long units) {
    return adjust(line, sku, -units);
  }

  static FileMovement adjust(long line, String sku, long delta) {
    AdjustStockRequest request =
        AdjustStockRequest.newBuilder()
            .setStore(store(sku))
            .setSku(sku)
            .setDelta(delta)
            .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECOUNT)
            .setIdempotencyKey("k" + line)
            .build();
    Command command = Command.newBuilder().setAdjustStock(request).build();
    return new FileMovement(
        line, MovementKind.RECOUNT, new StockKey(store(sku), sku), "k" + line, 0, command);
  }

  private static String store(String sku) {
    return "store-" + Math.floorMod(sku.hashCode(), 5);
  }
}
