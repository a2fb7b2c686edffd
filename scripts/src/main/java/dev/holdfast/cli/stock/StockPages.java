package dev.holdfast.cli.stock;

import dev.holdfast.cli.Pages;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.function.Consumer;

/** Walks through the items of one store or of all, by store and SKU. */
public final class StockPages {
  private static final int PAGE_SIZE = 5_000;

  private StockPages() {}

  public static void forEach(
      HoldfastClient client, ListStockRequest request, Consumer<StockLevel> action) {
    ListStockRequest.Builder page = request.toBuilder().setPageSize(PAGE_SIZE);
    Pages.forEach(
        token -> client.listStock(page.setPageToken(token).build()),
        ListStockResponse::getNextPageToken,
        found -> found.getStockList().forEach(action));
  }
}
