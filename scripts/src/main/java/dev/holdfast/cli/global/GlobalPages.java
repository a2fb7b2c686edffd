package dev.holdfast.cli.global;

import dev.holdfast.cli.Await;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import java.util.function.Consumer;

/** Walks through the global view page by page. */
final class GlobalPages {
  private static final int PAGE_SIZE = 5_000;

  private final GlobalViewClient client;
  private final Doubts doubts;

  GlobalPages(GlobalViewClient client, Doubts doubts) {
    this.client = client;
    this.doubts = doubts;
  }

  /**
   * So many of the SKUs that a request asks for, at most. A page may be short and not the last.
   *
   * @return whether all were walked through
   */
  boolean forEach(ListGlobalStockRequest request, long limit, Consumer<Aged<GlobalStock>> action) {
    long left = limit;
    String token = "";
    do {
      int size = (int) Math.min(PAGE_SIZE, left);
      ListGlobalStockResponse page =
          Await.answer(
              client.list(request.toBuilder().setPageSize(size).setPageToken(token).build()));
      doubts.add(page.getAsOfList());
      page.getStockList().forEach(doubts::add);
      page.getStockList().forEach(stock -> action.accept(Aged.of(stock, page.getAsOfList())));
      left -= page.getStockCount();
      token = page.getNextPageToken();
    } while (!token.isEmpty() && left > 0);
    return token.isEmpty();
  }
}
