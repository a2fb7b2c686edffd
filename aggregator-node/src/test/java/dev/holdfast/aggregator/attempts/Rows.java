package dev.holdfast.aggregator.attempts;

import dev.holdfast.aggregator.attempts.SecuredSite.Port;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Rows of the table of attempts. */
abstract class Rows {
  static final String CLOSED = Ways.CLOSED;
  static final String TLS_1_3 = "TLSv1.3";
  static final String NOBODY = "";
  static final String UNKNOWN = "UNAUTHENTICATED";

  private static final AtomicLong KEYS = new AtomicLong();

  final SecuredSite site;
  final Ways ways;

  Rows(SecuredSite site) {
    this.site = site;
    this.ways = new Ways(site);
  }

  abstract List<Attempt> all();

  /** An attempt, by whom and where, how it must end, and the deed. */
  static Attempt attempt(String what, Object where, String ending, Callable<String> deed) {
    return new Attempt(what, String.valueOf(where), ending, deed);
  }

  final String call(Port port, String who, Map<String, String> headers, Function<Channel, ?> call)
      throws Exception {
    return ways.call(port, who, headers, call);
  }

  static Object whoAmI(Channel channel) {
    return AccessServiceGrpc.newBlockingStub(channel).whoAmI(WhoAmIRequest.getDefaultInstance());
  }

  static Object change(Channel channel, String store) {
    return InventoryServiceGrpc.newBlockingStub(channel).adjustStock(sale(store));
  }

  static AdjustStockRequest sale(String store) {
    return AdjustStockRequest.newBuilder()
        .setStore(store)
        .setSku("mug")
        .setDelta(-1)
        .setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE)
        .setIdempotencyKey("attempt-" + KEYS.getAndIncrement())
        .build();
  }

  final String get(String who, String path, String header) throws Exception {
    return ways.http(Port.AGGREGATOR_HTTP, who, TLS_1_3, "GET " + path + " HTTP/1.1", header);
  }

  static Object unary(Channel channel, String name, byte[] request) {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(name)
            .setRequestMarshaller(Bytes.MARSHALLER)
            .setResponseMarshaller(Bytes.MARSHALLER)
            .build();
    return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
  }

  static Map<String, String> bearer(String token) {
    return Map.of("authorization", "Bearer " + token);
  }
}
