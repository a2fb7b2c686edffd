// Over 250 lines: a method for each call
package dev.holdfast.common.client;

import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetNodeStatusRequest;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.GetHeadRequest;
import dev.holdfast.proto.feed.v1.GetHeadResponse;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationResponse;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CountStockResponse;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.CreateItemResponse;
import dev.holdfast.proto.inventory.v1.ExplainStockRequest;
import dev.holdfast.proto.inventory.v1.ExplainStockResponse;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationResponse;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListReservationsRequest;
import dev.holdfast.proto.inventory.v1.ListReservationsResponse;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationResponse;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationResponse;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The stores of a cluster. Sends each call to the leader of its store's partition, gives mutations
 * an idempotency key when they have none, and tries again while that is safe and the time lasts.
 *
 * <p>Never waits; for use by many threads. Futures complete on network threads, so their callbacks
 * must not block; they fail with a {@link HoldfastException}.
 */
public final class HoldfastClient implements AutoCloseable {
  private final ClientSettings settings;
  private final Connections connections;
  private final LeaderRouter leaders;
  private final Calls calls;
  private final IdempotencyKeys keys = new IdempotencyKeys();
  private final TransferClient transfers;

  private HoldfastClient(ClientSettings settings) {
    this.settings = settings;
    connections = Connections.open(settings);
    leaders = new LeaderRouter(connections.nodes(), connections.timer());
    Router router = settings.routeToLeaders() ? leaders : Router.toAny(connections.nodes());
    calls = connections.calls(router, settings);
    transfers = new TransferClient(calls, keys);
  }

  public static HoldfastClient connect(ClientSettings settings) {
    HoldfastClient client = new HoldfastClient(settings);
    if (settings.routeToLeaders()) {
      client.leaders.start();
    }
    return client;
  }

  /** With the default settings. */
  public static HoldfastClient connect(List<String> endpoints) {
    return connect(ClientSettings.at(endpoints));
  }

  /** The source of this client's idempotency keys, for callers that need to know the keys. */
  public IdempotencyKeys keys() {
    return keys;
  }

  public CompletableFuture<CreateItemResponse> createItem(CreateItemRequest request) {
    return calls.mutate(InventoryServiceGrpc.getCreateItemMethod(), request, keys);
  }

  public CompletableFuture<AdjustStockResponse> adjustStock(AdjustStockRequest request) {
    return calls.mutate(InventoryServiceGrpc.getAdjustStockMethod(), request, keys);
  }

  public CompletableFuture<ReserveResponse> reserve(ReserveRequest request) {
    return calls.mutate(InventoryServiceGrpc.getReserveMethod(), request, keys);
  }

  public CompletableFuture<ConfirmReservationResponse> confirmReservation(
      ConfirmReservationRequest request) {
    return calls.mutate(InventoryServiceGrpc.getConfirmReservationMethod(), request, keys);
  }

  public CompletableFuture<ReleaseReservationResponse> releaseReservation(
      ReleaseReservationRequest request) {
    return calls.mutate(InventoryServiceGrpc.getReleaseReservationMethod(), request, keys);
  }

  public CompletableFuture<ExtendReservationResponse> extendReservation(
      ExtendReservationRequest request) {
    return calls.mutate(InventoryServiceGrpc.getExtendReservationMethod(), request, keys);
  }

  public CompletableFuture<ReplaceReservationResponse> replaceReservation(
      ReplaceReservationRequest request) {
    return calls.mutate(InventoryServiceGrpc.getReplaceReservationMethod(), request, keys);
  }

  /**
   * Runs many commands and answers each. Splits them by partition; only commands that were not
   * tried, or whose outcome is unknown, are sent again, in their order. Those that are undecided
   * when the time is over have that as their outcome. A malformed command fails the batch, of which
   * the commands for other partitions may then have been tried.
   */
  public CompletableFuture<SubmitBatchResponse> submitBatch(SubmitBatchRequest request) {
    return new BatchCall(calls, keyed(request)).start();
  }

  /** The same with one try only, for callers that resend commands themselves. */
  public CompletableFuture<SubmitBatchResponse> submitBatchOnce(SubmitBatchRequest request) {
    return new BatchCall(calls.once(), keyed(request)).start();
  }

  private List<Command> keyed(SubmitBatchRequest request) {
    return request.getCommandsList().stream()
        .map(command -> RequestFields.keyed(command, keys))
        .toList();
  }

  public CompletableFuture<CountStockResponse> countStock(CountStockRequest request) {
    return calls.mutate(InventoryServiceGrpc.getCountStockMethod(), request, keys);
  }

  /** Several operations on one store, all or none. */
  public CompletableFuture<SubmitOrderResponse> submitOrder(SubmitOrderRequest request) {
    return calls.mutate(OrderServiceGrpc.getSubmitOrderMethod(), request, keys);
  }

  /** Calls about who may do what. */
  public AccessClient access() {
    return new AccessClient(calls);
  }

  /** Calls about safety stock, freezing and deletion. */
  public TermsClient terms() {
    return new TermsClient(calls, keys);
  }

  public LeaseClient leases() {
    return new LeaseClient(calls, keys);
  }

  public CompletableFuture<GetStockResponse> getStock(GetStockRequest request) {
    return calls.read(InventoryServiceGrpc.getGetStockMethod(), request.getStore(), request);
  }

  public CompletableFuture<BatchGetStockResponse> batchGetStock(BatchGetStockRequest request) {
    return calls.read(InventoryServiceGrpc.getBatchGetStockMethod(), null, request);
  }

  public CompletableFuture<ListStockResponse> listStock(ListStockRequest request) {
    String store = request.getStore().isEmpty() ? null : request.getStore();
    return calls.read(InventoryServiceGrpc.getListStockMethod(), store, request);
  }

  /** Transfers between stores. */
  public TransferClient transfers() {
    return transfers;
  }

  public CompletableFuture<GetReservationResponse> getReservation(GetReservationRequest request) {
    return calls.read(InventoryServiceGrpc.getGetReservationMethod(), request.getStore(), request);
  }

  public CompletableFuture<ListReservationsResponse> listReservations(
      ListReservationsRequest request) {
    return calls.read(
        InventoryServiceGrpc.getListReservationsMethod(), request.getStore(), request);
  }

  public CompletableFuture<ExplainStockResponse> explainStock(ExplainStockRequest request) {
    return calls.read(InventoryServiceGrpc.getExplainStockMethod(), request.getStore(), request);
  }

  /** Asks any node for the topology; the client routes by the answer from then on. */
  public CompletableFuture<GetTopologyResponse> topology() {
    return calls
        .read(
            ClusterServiceGrpc.getGetTopologyMethod(),
            null,
            GetTopologyRequest.getDefaultInstance())
        .thenApply(this::learned);
  }

  /** The last event of a partition that was committed before the call. */
  public CompletableFuture<Long> head(int partition) {
    return calls
        .read(
            FeedServiceGrpc.getGetHeadMethod(),
            null,
            GetHeadRequest.newBuilder().setPartition(partition).build())
        .thenApply(GetHeadResponse::getSequence);
  }

  /** The logs of the partitions; readers give up when no node answers for this client's budget. */
  public FeedClient feed() {
    return new FeedClient(connections, settings.budget());
  }

  /** The partition of a store; 0 for all stores until {@link #topology()} has answered. */
  public int partitionOf(String store) {
    return leaders.partitionOf(store);
  }

  /** Asks one node for the status of its replicas; tries once. */
  public CompletableFuture<GetNodeStatusResponse> nodeStatus(String address) {
    NodeChannel node = connections.nodes().at(address);
    node.connectNow();
    var stub =
        ClusterServiceGrpc.newFutureStub(node.channel())
            .withDeadlineAfter(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
    return StubFutures.of(stub.getNodeStatus(GetNodeStatusRequest.getDefaultInstance()));
  }

  private GetTopologyResponse learned(GetTopologyResponse response) {
    leaders.learn(response);
    return response;
  }

  /** Whether {@link #close()} was called: calls fail from then on. */
  public boolean isClosed() {
    return connections.timer().isShutdown();
  }

  @Override
  public void close() {
    connections.close();
  }
}
