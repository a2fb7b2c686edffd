package dev.holdfast.aggregator.testing;

import com.google.protobuf.ByteString;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.GetHeadRequest;
import dev.holdfast.proto.feed.v1.GetHeadResponse;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A store node as the aggregator sees it: real gRPC on loopback, logs in memory, and faults on
 * demand. Sends a heartbeat only when told to. Logs are shared by the nodes of a cluster.
 */
public final class FakeStoreNode implements AutoCloseable {
  private final String clusterId;
  private final List<PartitionLog> logs;
  private final FakeExports exports;
  private final Server server;
  private final int port;
  private final ManagedChannel channel;
  private final List<Reader> readers = new ArrayList<>();
  private final AtomicInteger subscriptions = new AtomicInteger();
  private UnaryOperator<ByteString> onTheWay = UnaryOperator.identity();
  private UnaryOperator<ByteString> written = UnaryOperator.identity();
  private boolean silent;
  private volatile Map<String, Integer> pinned = Map.of();
  private long earliest = 1;
  private int appliedMax = Integer.MAX_VALUE;
  private volatile boolean withoutQuorum;

  public FakeStoreNode(String clusterId, List<PartitionLog> logs) throws IOException {
    this.clusterId = clusterId;
    this.logs = logs;
    this.exports = new FakeExports(logs);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Feed())
            .addService(new Cluster())
            .addService(exports)
            .build()
            .start();
    port = server.getPort();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  /** Its exports, and their faults. */
  public FakeExports exports() {
    return exports;
  }

  public ManagedChannel channel() {
    return channel;
  }

  public int port() {
    return port;
  }

  /** Subscriptions that were ever opened. */
  public int subscriptions() {
    return subscriptions.get();
  }

  /** Messages sent to readers, of those that are connected. */
  public synchronized int sent() {
    return readers.stream().mapToInt(reader -> reader.sent).sum();
  }

  /** Says that these stores live in these partitions. */
  public void pin(Map<String, Integer> stores) {
    pinned = Map.copyOf(stores);
  }

  /** Accepts subscriptions and says nothing. */
  public synchronized void fallSilent() {
    silent = true;
  }

  /** Has applied so many batches of each log, and takes that for all there is. */
  public synchronized void applyUpTo(int batches) {
    appliedMax = batches;
    heartbeat();
  }

  /** Knows no head, as without a majority. */
  public void loseQuorum(boolean lost) {
    withoutQuorum = lost;
  }

  /** Changes what goes over the wire; an empty result is not sent. */
  public synchronized void onTheWay(UnaryOperator<ByteString> change) {
    onTheWay = change;
  }

  /** Changes what the node has written, so that its hash is right. */
  public synchronized void written(UnaryOperator<ByteString> change) {
    written = change;
  }

  /** What is before this sequence is gone. */
  public synchronized void truncate(long before) {
    earliest = before;
  }

  /** Ends all subscriptions with an error, and serves on. */
  public synchronized void dropReaders() {
    readers.forEach(reader -> reader.observer.onError(Status.UNAVAILABLE.asRuntimeException()));
    readers.clear();
  }

  /** Sends what was written to the logs since. */
  public synchronized void pump() {
    readers.forEach(Reader::send);
  }

  public synchronized void heartbeat() {
    pump();
    readers.forEach(Reader::heartbeat);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private synchronized void open(
      SubscribeRequest request, ServerCallStreamObserver<SubscribeResponse> observer) {
    subscriptions.incrementAndGet();
    PartitionLog log = logs.get(request.getPartition());
    if (request.getFromSequence() < earliest) {
      refuse(observer, Reason.HISTORY_TRUNCATED, "the earliest is " + earliest);
    } else if (request.getFromSequence() > log.head() + 1) {
      refuse(observer, Reason.AHEAD_OF_LOG, "next is " + (log.head() + 1));
    } else {
      Reader reader = new Reader(log, log.indexOf(request.getFromSequence()), observer);
      readers.add(reader);
      observer.setOnCancelHandler(() -> remove(reader));
      observer.setOnReadyHandler(this::pump);
      reader.heartbeat();
    }
  }

  private static void refuse(
      StreamObserver<SubscribeResponse> observer, Reason reason, String message) {
    observer.onError(Statuses.exception(Statuses.of(reason, message)));
  }

  private synchronized void remove(Reader reader) {
    readers.remove(reader);
  }

  /** One subscription. */
  private final class Reader {
    private final PartitionLog log;
    private final ServerCallStreamObserver<SubscribeResponse> observer;
    private int next;
    private int sent;

    Reader(PartitionLog log, int next, ServerCallStreamObserver<SubscribeResponse> observer) {
      this.log = log;
      this.next = next;
      this.observer = observer;
    }

    void send() {
      while (!silent && next < applied() && observer.isReady() && !observer.isCancelled()) {
        ByteString bytes = written.apply(ByteString.copyFrom(log.bytes(next++)));
        ByteString hash = ByteString.copyFrom(BatchHash.of(bytes.toByteArray()));
        ByteString batch = onTheWay.apply(bytes);
        if (!batch.isEmpty()) {
          sent++;
          observer.onNext(response().setBatch(batch).setBatchHash(hash).build());
        }
      }
    }

    void heartbeat() {
      if (!silent && next == applied() && !observer.isCancelled()) {
        observer.onNext(response().build());
      }
    }

    private SubscribeResponse.Builder response() {
      long head = applied() == 0 ? 0 : log.batch(applied() - 1).lastSequence();
      return SubscribeResponse.newBuilder().setHeadSequence(head);
    }

    private int applied() {
      return Math.min(log.size(), appliedMax);
    }
  }

  private final class Feed extends FeedServiceGrpc.FeedServiceImplBase {
    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> observer) {
      open(request, (ServerCallStreamObserver<SubscribeResponse>) observer);
    }

    @Override
    public void getHead(GetHeadRequest request, StreamObserver<GetHeadResponse> observer) {
      if (withoutQuorum) {
        observer.onError(Statuses.exception(Statuses.of(Reason.NO_LEADER, "no majority")));
        return;
      }
      long head = logs.get(request.getPartition()).head();
      observer.onNext(GetHeadResponse.newBuilder().setSequence(head).build());
      observer.onCompleted();
    }
  }

  private final class Cluster extends ClusterServiceGrpc.ClusterServiceImplBase {
    @Override
    public void getTopology(
        GetTopologyRequest request, StreamObserver<GetTopologyResponse> observer) {
      observer.onNext(
          GetTopologyResponse.newBuilder()
              .setClusterId(clusterId)
              .setPartitionCount(logs.size())
              .putAllPinned(pinned)
              .build());
      observer.onCompleted();
    }
  }
}
