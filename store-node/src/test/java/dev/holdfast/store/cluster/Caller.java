package dev.holdfast.store.cluster;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetNodeStatusRequest;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.CreateItemResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Calls one node and no other. Nodes that share a busy machine may lose a leader at any time, so
 * {@link #ask} asks again where an honest caller may; what goes through {@link #inventory} is asked
 * once.
 */
final class Caller {
  private static final AtomicLong KEYS = new AtomicLong();
  private static final long DEADLINE_SECONDS = 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private final Channel channel;
  private final long deadlineMillis;

  Caller(Channel channel) {
    this(channel, TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
  }

  private Caller(Channel channel, long deadlineMillis) {
    this.channel = channel;
    this.deadlineMillis = deadlineMillis;
  }

  Caller within(long millis) {
    return new Caller(channel, millis);
  }

  Caller withRequestId(String id) {
    Metadata headers = new Metadata();
    headers.put(REQUEST_ID, id);
    var attached = MetadataUtils.newAttachHeadersInterceptor(headers);
    return new Caller(ClientInterceptors.intercept(channel, attached), deadlineMillis);
  }

  InventoryServiceBlockingStub inventory() {
    return InventoryServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS);
  }

  /** Another service of the node. */
  <S extends AbstractStub<S>> S stub(Function<Channel, S> service) {
    return service.apply(channel).withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS);
  }

  GetNodeStatusResponse nodeStatus() {
    return ClusterServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS)
        .getNodeStatus(GetNodeStatusRequest.getDefaultInstance());
  }

  /**
   * Asks until the node decides, but not for ever. The request of a mutation needs an idempotency
   * key, unless it is going to be refused.
   */
  <R> R ask(Function<InventoryServiceBlockingStub, R> call) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        return call.apply(inventory());
      } catch (StatusRuntimeException e) {
        Reason reason = StatusReader.reasonOf(e);
        boolean undecided = reason == Reason.NO_LEADER || reason == Reason.OUTCOME_UNKNOWN;
        if (!undecided || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  CreateItemResponse create(String store, String sku, long quantity) {
    CreateItemRequest request =
        creation(store, sku, quantity).toBuilder().setIdempotencyKey(newKey()).build();
    return ask(inventory -> inventory.createItem(request));
  }

  AdjustStockResponse adjust(String store, String sku, long delta) {
    AdjustStockRequest request = adjustment(store, sku, delta).setIdempotencyKey(newKey()).build();
    return ask(inventory -> inventory.adjustStock(request));
  }

  static String newKey() {
    return "caller-" + KEYS.getAndIncrement();
  }

  StockLevel get(String store, String sku) {
    GetStockRequest request = GetStockRequest.newBuilder().setStore(store).setSku(sku).build();
    return ask(inventory -> inventory.getStock(request)).getStock();
  }

  static CreateItemRequest creation(String store, String sku, long quantity) {
    return CreateItemRequest.newBuilder()
        .setStore(store)
        .setSku(sku)
        .setInitialQuantity(quantity)
        .build();
  }

  static AdjustStockRequest.Builder adjustment(String store, String sku, long delta) {
    return AdjustStockRequest.newBuilder()
        .setStore(store)
        .setSku(sku)
        .setDelta(delta)
        .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECOUNT);
  }

  static ReserveRequest.Builder reservation(String store, String id, String sku, long quantity) {
    return ReserveRequest.newBuilder()
        .setStore(store)
        .setReservationId(id)
        .setIdempotencyKey(newKey())
        .addLines(ReservationLine.newBuilder().setSku(sku).setQuantity(quantity));
  }

  static Command command(CreateItemRequest request) {
    return Command.newBuilder().setCreateItem(request).build();
  }

  static Command command(AdjustStockRequest.Builder request) {
    return Command.newBuilder().setAdjustStock(request).build();
  }

  /** What a call failed with. */
  static HoldfastException failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    if (thrown == null) {
      throw new AssertionError("the call succeeded");
    }
    return HoldfastException.from(thrown);
  }

  static Reason reason(ThrowingCallable call) {
    HoldfastException failure = failure(call);
    Reason reason = failure.reason();
    if (reason == null) {
      throw new AssertionError("no reason given: " + failure.status());
    }
    return reason;
  }
}
