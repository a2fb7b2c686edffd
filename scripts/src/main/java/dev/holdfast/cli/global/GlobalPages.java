package dev.holdfast.cli.global;

import dev.holdfast.cli.Await;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import java.util.function.Consumer;

/** Walks through the global view page by page. */
public final class GlobalPages {
  private static final int PAGE_SIZE = 5_000;

  private final GlobalViewClient client;

  public GlobalPages(GlobalViewClient client) {
    this.client = client;
  }

  /** All SKUs, of a view that includes some positions. */
  public void forEach(List<Position> waitFor, Consumer<GlobalStock> action) {
    ListGlobalStockRequest.Builder request =
        ListGlobalStockRequest.newBuilder().setPageSize(PAGE_SIZE).addAllWaitFor(waitFor);
    String token = "";
    do {
      ListGlobalStockResponse page = Await.answer(client.list(request.setPageToken(token).build()));
      page.getStockList().forEach(action);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
  }
}
