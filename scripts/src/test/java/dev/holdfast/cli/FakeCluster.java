package dev.holdfast.cli;

import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetNodeStatusRequest;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.cluster.v1.Node;
import dev.holdfast.proto.cluster.v1.PartitionLeader;
import dev.holdfast.proto.cluster.v1.RaftRole;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;

/** A cluster of one node on a loopback port, of the real services with a test's own answers. */
public final class FakeCluster implements AutoCloseable {
  private final Server server;
  private final int port;
  private final LongSupplier sequence;

  public FakeCluster(BindableService... services) {
    this(() -> 7, services);
  }

  /**
   * @param sequence where the log ends whenever somebody asks
   */
  public FakeCluster(LongSupplier sequence, BindableService... services) {
    this(InsecureServerCredentials.create(), sequence, services);
  }

  /** Of a node that speaks TLS. */
  public FakeCluster(ServerCredentials credentials) {
    this(credentials, () -> 7);
  }

  private FakeCluster(
      ServerCredentials credentials, LongSupplier sequence, BindableService... services) {
    this.sequence = sequence;
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
            .directExecutor()
            .addService(new Cluster());
    for (BindableService service : services) {
      builder.addService(service);
    }
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getPort();
  }

  /** For --endpoint and --aggregator. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Cluster extends ClusterServiceGrpc.ClusterServiceImplBase {
    @Override
    public void getTopology(GetTopologyRequest request, StreamObserver<GetTopologyResponse> out) {
      out.onNext(
          GetTopologyResponse.newBuilder()
              .setPartitionCount(1)
              .addNodes(Node.newBuilder().setId("node-a").setGrpcAddress(address()))
              .addPartitions(PartitionLeader.newBuilder().setLeader("node-a"))
              .build());
      out.onCompleted();
    }

    @Override
    public void getNodeStatus(
        GetNodeStatusRequest request, StreamObserver<GetNodeStatusResponse> out) {
      out.onNext(
          GetNodeStatusResponse.newBuilder()
              .setNodeId("node-a")
              .setClockOffsetMillis(-12_345)
              .setDiskNearlyFull(true)
              .addReplicas(
                  ReplicaStatus.newBuilder()
                      .setRole(RaftRole.RAFT_ROLE_LEADER)
                      .setLeader("node-a")
                      .setSequence(sequence.getAsLong()))
              .build());
      out.onCompleted();
    }
  }
}
