package dev.holdfast.common.client;

import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import java.util.concurrent.CompletableFuture;

/** The global view, as any of the given aggregators has it. Otherwise as {@link HoldfastClient}. */
public final class GlobalViewClient implements AutoCloseable {
  private final Connections connections;
  private final Calls calls;

  private GlobalViewClient(ClientSettings settings) {
    connections = Connections.open(settings);
    calls = connections.calls(Router.toAny(connections.nodes()), settings);
  }

  public static GlobalViewClient connect(ClientSettings settings) {
    return new GlobalViewClient(settings);
  }

  public CompletableFuture<GetGlobalStockResponse> get(GetGlobalStockRequest request) {
    return calls.start(Operation.GET_GLOBAL_STOCK, null, request);
  }

  public CompletableFuture<ListGlobalStockResponse> list(ListGlobalStockRequest request) {
    return calls.start(Operation.LIST_GLOBAL_STOCK, null, request);
  }

  @Override
  public void close() {
    connections.close();
  }
}
