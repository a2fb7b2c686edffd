package dev.holdfast.cli.stock;

import dev.holdfast.cli.Await;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Walks through the items page by page; the next page is under way while one is handled. */
public final class StockPages {
  private static final int PAGE_SIZE = 5_000;

  private final HoldfastClient client;

  public StockPages(HoldfastClient client) {
    this.client = client;
  }

  /** All items, by store and SKU. */
  public void forEach(Consumer<StockLevel> action) {
    forEach(ListStockRequest.newBuilder(), action);
  }

  void forEach(ListStockRequest.Builder request, Consumer<StockLevel> action) {
    request.setPageSize(PAGE_SIZE);
    CompletableFuture<ListStockResponse> next = client.listStock(request.build());
    while (true) {
      ListStockResponse page = Await.answer(next);
      String token = page.getNextPageToken();
      if (!token.isEmpty()) {
        next = client.listStock(request.setPageToken(token).build());
      }
      page.getStockList().forEach(action);
      if (token.isEmpty()) {
        return;
      }
    }
  }
}
