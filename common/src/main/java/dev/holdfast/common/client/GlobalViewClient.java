package dev.holdfast.common.client;

import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.FindHistoryResponse;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GetPositionsRequest;
import dev.holdfast.proto.inventory.v1.GetPositionsResponse;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.ListStockAsOfResponse;
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
    return calls.read(GlobalStockServiceGrpc.getGetGlobalStockMethod(), null, request);
  }

  public CompletableFuture<ListGlobalStockResponse> list(ListGlobalStockRequest request) {
    return calls.read(GlobalStockServiceGrpc.getListGlobalStockMethod(), null, request);
  }

  public CompletableFuture<BatchGetGlobalStockResponse> batchGet(
      BatchGetGlobalStockRequest request) {
    return calls.read(GlobalStockServiceGrpc.getBatchGetGlobalStockMethod(), null, request);
  }

  /** The movements of one item, paged. */
  public CompletableFuture<ListMovementsResponse> movements(ListMovementsRequest request) {
    return calls.read(HistoryServiceGrpc.getListMovementsMethod(), null, request);
  }

  /** The stock of one item at a sequence or a time. */
  public CompletableFuture<GetStockAsOfResponse> stockAsOf(GetStockAsOfRequest request) {
    return calls.read(HistoryServiceGrpc.getGetStockAsOfMethod(), null, request);
  }

  /** The stock of a whole store at a sequence or a time, paged. */
  public CompletableFuture<ListStockAsOfResponse> storeAsOf(ListStockAsOfRequest request) {
    return calls.read(HistoryServiceGrpc.getListStockAsOfMethod(), null, request);
  }

  /** Movements and refusals of all stores by reference, request or reservation, paged. */
  public CompletableFuture<FindHistoryResponse> find(FindHistoryRequest request) {
    return calls.read(HistoryServiceGrpc.getFindHistoryMethod(), null, request);
  }

  public CompletableFuture<GetPositionsResponse> positions() {
    return calls.read(
        GlobalStockServiceGrpc.getGetPositionsMethod(),
        null,
        GetPositionsRequest.getDefaultInstance());
  }

  /**
   * Calls about the view itself; use one endpoint only, since each aggregator keeps its own view.
   */
  public SyncClient sync() {
    return new SyncClient(calls);
  }

  /** Calls about who may do what; use one endpoint only, likewise. */
  public AccessClient access() {
    return new AccessClient(calls);
  }

  /** Calls about changes that could not be applied; use one endpoint only, likewise. */
  public DeadLetterClient deadLetters() {
    return new DeadLetterClient(calls);
  }

  @Override
  public void close() {
    connections.close();
  }
}
