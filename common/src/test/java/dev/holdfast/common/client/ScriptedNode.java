package dev.holdfast.common.client;

import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc.FeedServiceImplBase;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc.WatchServiceImplBase;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc.LeaseServiceImplBase;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A node on a loopback port that answers as the test says, and remembers what it was asked. */
final class ScriptedNode implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  final List<AdjustStockRequest> adjusts = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();
  final List<SubmitBatchRequest> batches = new CopyOnWriteArrayList<>();
  volatile LeaseServiceImplBase leases = new LeaseServiceImplBase() {};
  volatile WatchServiceImplBase watches = new WatchServiceImplBase() {};
  volatile FeedServiceImplBase feeds = new FeedServiceImplBase() {};
  private final Server server;
  private final int port;
  private volatile Supplier<GetTopologyResponse> topology = GetTopologyResponse::getDefaultInstance;
  private volatile BiConsumer<AdjustStockRequest, StreamObserver<AdjustStockResponse>> onAdjust =
      (request, out) -> answer(out, AdjustStockResponse.getDefaultInstance());
  private volatile BiConsumer<SubmitBatchRequest, StreamObserver<SubmitBatchResponse>> onBatch =
      (request, out) -> answer(out, SubmitBatchResponse.getDefaultInstance());

  private ScriptedNode(InetSocketAddress at, ServerCredentials credentials) throws IOException {
    server =
        NettyServerBuilder.forAddress(at, credentials)
            .intercept(new Headers())
            .directExecutor()
            .addService(new Inventory())
            .addService(new Cluster())
            .addService(new Leases())
            .addService(new Watches())
            .addService(new Feeds())
            .build()
            .start();
    port = server.getPort();
  }

  static ScriptedNode start() {
    return startAt(0);
  }

  static ScriptedNode startAt(int port) {
    return start(port, InsecureServerCredentials.create());
  }

  static ScriptedNode start(ServerCredentials credentials) {
    return start(0, credentials);
  }

  static ScriptedNode start(int port, ServerCredentials credentials) {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials);
  }

  private static ScriptedNode start(InetSocketAddress at, ServerCredentials credentials) {
    try {
      return new ScriptedNode(at, credentials);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  void knows(Supplier<GetTopologyResponse> answer) {
    topology = answer;
  }

  void onAdjust(BiConsumer<AdjustStockRequest, StreamObserver<AdjustStockResponse>> script) {
    onAdjust = script;
  }

  void onBatch(BiConsumer<SubmitBatchRequest, StreamObserver<SubmitBatchResponse>> script) {
    onBatch = script;
  }

  static <T> void answer(StreamObserver<T> out, T response) {
    out.onNext(response);
    out.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Headers implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      authorizations.add(String.valueOf(headers.get(AUTHORIZATION)));
      return next.startCall(call, headers);
    }
  }

  private final class Inventory extends InventoryServiceGrpc.InventoryServiceImplBase {
    @Override
    public void adjustStock(AdjustStockRequest request, StreamObserver<AdjustStockResponse> out) {
      adjusts.add(request);
      onAdjust.accept(request, out);
    }

    @Override
    public void submitBatch(SubmitBatchRequest request, StreamObserver<SubmitBatchResponse> out) {
      batches.add(request);
      onBatch.accept(request, out);
    }

    @Override
    public void getStock(GetStockRequest request, StreamObserver<GetStockResponse> out) {
      out.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
    }
  }

  private final class Leases extends LeaseServiceImplBase {
    @Override
    public void acquireLease(
        AcquireLeaseRequest request, StreamObserver<AcquireLeaseResponse> out) {
      leases.acquireLease(request, out);
    }

    @Override
    public void renewLease(RenewLeaseRequest request, StreamObserver<RenewLeaseResponse> out) {
      leases.renewLease(request, out);
    }

    @Override
    public void releaseLease(
        ReleaseLeaseRequest request, StreamObserver<ReleaseLeaseResponse> out) {
      leases.releaseLease(request, out);
    }
  }

  private final class Watches extends WatchServiceImplBase {
    @Override
    public void watch(WatchRequest request, StreamObserver<WatchMessage> out) {
      watches.watch(request, out);
    }
  }

  private final class Feeds extends FeedServiceImplBase {
    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> out) {
      feeds.subscribe(request, out);
    }
  }

  private final class Cluster extends ClusterServiceGrpc.ClusterServiceImplBase {
    @Override
    public void getTopology(GetTopologyRequest request, StreamObserver<GetTopologyResponse> out) {
      answer(out, topology.get());
    }
  }
}
