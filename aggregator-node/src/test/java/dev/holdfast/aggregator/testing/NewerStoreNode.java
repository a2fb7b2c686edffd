package dev.holdfast.aggregator.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.feed.v1.CloseExportRequest;
import dev.holdfast.proto.feed.v1.CloseExportResponse;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.GetExportDigestsRequest;
import dev.holdfast.proto.feed.v1.GetExportDigestsResponse;
import dev.holdfast.proto.feed.v1.GetExportReservationsRequest;
import dev.holdfast.proto.feed.v1.GetExportReservationsResponse;
import dev.holdfast.proto.feed.v1.GetExportTransfersRequest;
import dev.holdfast.proto.feed.v1.GetExportTransfersResponse;
import dev.holdfast.proto.feed.v1.GetHeadRequest;
import dev.holdfast.proto.feed.v1.GetHeadResponse;
import dev.holdfast.proto.feed.v1.OpenExportRequest;
import dev.holdfast.proto.feed.v1.OpenExportResponse;
import dev.holdfast.proto.feed.v1.ReadExportRequest;
import dev.holdfast.proto.feed.v1.ReadExportResponse;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.EventBatch;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything of a store node on as it is, but for some events of its feed: these become
 * events of a type that this build does not know, as if the node were newer. The hash chain of the
 * feed is made anew from the first of them on.
 */
public final class NewerStoreNode implements AutoCloseable {
  private final Predicate<Event> newer;
  private final ManagedChannel node;
  private final Server server;

  public NewerStoreNode(int nodePort, Predicate<Event> newer) throws IOException {
    this.newer = newer;
    node = NettyChannelBuilder.forAddress("127.0.0.1", nodePort).usePlaintext().build();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Feed())
            .addService(new Exports())
            .addService(new Cluster())
            .build()
            .start();
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    node.shutdownNow();
  }

  /** One subscription. */
  private final class Relay implements StreamObserver<SubscribeResponse> {
    private final ServerCallStreamObserver<SubscribeResponse> reader;
    private byte @Nullable [] previousHash;

    Relay(ServerCallStreamObserver<SubscribeResponse> reader) {
      this.reader = reader;
      reader.setOnCancelHandler(() -> {});
    }

    @Override
    public void onNext(SubscribeResponse response) {
      reader.onNext(response.getBatch().isEmpty() ? response : relayed(response));
    }

    private SubscribeResponse relayed(SubscribeResponse response) {
      EventBatch.Builder batch = parsed(response.getBatch());
      boolean changed = previousHash != null;
      if (previousHash != null) {
        batch.setPreviousHash(ByteString.copyFrom(previousHash));
      }
      for (Event.Builder event : batch.getEventsBuilderList()) {
        if (newer.test(event.build())) {
          Unreadables.newer(event);
          changed = true;
        }
      }
      return changed ? linked(response, batch.build().toByteArray()) : response;
    }

    private SubscribeResponse linked(SubscribeResponse response, byte[] bytes) {
      byte[] hash = BatchHash.of(bytes);
      previousHash = hash;
      return response.toBuilder()
          .setBatch(ByteString.copyFrom(bytes))
          .setBatchHash(ByteString.copyFrom(hash))
          .build();
    }

    private EventBatch.Builder parsed(ByteString bytes) {
      try {
        return EventBatch.parseFrom(bytes).toBuilder();
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onError(Throwable cause) {
      reader.onError(cause);
    }

    @Override
    public void onCompleted() {
      reader.onCompleted();
    }
  }

  private final class Feed extends FeedServiceGrpc.FeedServiceImplBase {
    private final FeedServiceGrpc.FeedServiceStub stub = FeedServiceGrpc.newStub(node);

    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> observer) {
      stub.subscribe(request, new Relay((ServerCallStreamObserver<SubscribeResponse>) observer));
    }

    @Override
    public void getHead(GetHeadRequest request, StreamObserver<GetHeadResponse> observer) {
      stub.getHead(request, observer);
    }
  }

  private final class Exports extends ExportServiceGrpc.ExportServiceImplBase {
    private final ExportServiceGrpc.ExportServiceStub stub = ExportServiceGrpc.newStub(node);

    @Override
    public void openExport(OpenExportRequest request, StreamObserver<OpenExportResponse> observer) {
      stub.openExport(request, observer);
    }

    @Override
    public void readExport(ReadExportRequest request, StreamObserver<ReadExportResponse> observer) {
      stub.readExport(request, observer);
    }

    @Override
    public void getExportDigests(
        GetExportDigestsRequest request, StreamObserver<GetExportDigestsResponse> observer) {
      stub.getExportDigests(request, observer);
    }

    @Override
    public void getExportReservations(
        GetExportReservationsRequest request,
        StreamObserver<GetExportReservationsResponse> observer) {
      stub.getExportReservations(request, observer);
    }

    @Override
    public void getExportTransfers(
        GetExportTransfersRequest request, StreamObserver<GetExportTransfersResponse> observer) {
      stub.getExportTransfers(request, observer);
    }

    @Override
    public void closeExport(
        CloseExportRequest request, StreamObserver<CloseExportResponse> observer) {
      stub.closeExport(request, observer);
    }
  }

  private final class Cluster extends ClusterServiceGrpc.ClusterServiceImplBase {
    private final ClusterServiceGrpc.ClusterServiceStub stub = ClusterServiceGrpc.newStub(node);

    @Override
    public void getTopology(
        GetTopologyRequest request, StreamObserver<GetTopologyResponse> observer) {
      stub.getTopology(request, observer);
    }
  }
}
