package dev.holdfast.common.server;

import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A real server on a free port of the loopback with a client, and a clock that tests turn. */
final class ServerFixture implements AutoCloseable {
  final FakeInventory inventory = new FakeInventory();
  final MeterRegistry registry = new SimpleMeterRegistry();
  final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<Metadata> answerHeaders = new AtomicReference<>();
  private final AtomicReference<Metadata> answerTrailers = new AtomicReference<>();
  final GrpcServer server =
      GrpcServer.builder("127.0.0.1", 0, "holdfast.grpc.port")
          .service(inventory)
          .interceptor(new RequestIdInterceptor())
          .interceptor(new CallMetricsInterceptor(registry, nanos::get))
          .start();
  final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();

  /** A client that keeps what metadata comes back. */
  InventoryServiceBlockingStub client() {
    return InventoryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(
            MetadataUtils.newCaptureMetadataInterceptor(answerHeaders, answerTrailers));
  }

  /** The channel of such a client. */
  Channel capturing() {
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newCaptureMetadataInterceptor(answerHeaders, answerTrailers));
  }

  /** A client that sends a request id. */
  InventoryServiceBlockingStub client(String requestId) {
    return client().withInterceptors(sending(requestId));
  }

  static ClientInterceptor sending(String requestId) {
    Metadata headers = new Metadata();
    headers.put(RequestIdInterceptor.HEADER, requestId);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /** The request id that came back in the headers of the last answer. */
  @Nullable String idInHeaders() {
    return id(answerHeaders.get());
  }

  /** The request id that came back in the trailers of the last answer. */
  @Nullable String idInTrailers() {
    return id(answerTrailers.get());
  }

  private static @Nullable String id(@Nullable Metadata metadata) {
    return metadata == null ? null : metadata.get(RequestIdInterceptor.HEADER);
  }

  static GetStockRequest store(String store) {
    return GetStockRequest.newBuilder().setStore(store).build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
