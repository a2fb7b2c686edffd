package dev.holdfast.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc.ClusterServiceImplBase;
import dev.holdfast.proto.cluster.v1.GetNodeStatusRequest;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.cluster.v1.Node;
import dev.holdfast.proto.cluster.v1.PartitionLeader;
import dev.holdfast.proto.cluster.v1.RaftRole;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceImplBase;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One node of three is left. */
@Timeout(60)
final class OutageTest {
  private Server server;
  private String dead;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = "127.0.0.1:" + taken.getLocalPort();
    }
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Survivor())
            .addService(new NoLeader())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  private String live() {
    return "127.0.0.1:" + server.getPort();
  }

  @Test
  void shouldSayThatThereIsNoMajority() {
    CliRun run = CliRun.of("stock", "get", "Oslo", "TEA", "--endpoint", live(), "--timeout", "4");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "1 of 3 nodes answers (node-b at "
                + live()
                + "); partitions 0, 1, 2 have no majority;"
                + " reads with --max-staleness and the view still answer");
  }

  @Test
  void shouldSayItWithTheStatusToo() {
    CliRun run = CliRun.of("cluster", "status", "--endpoint", live());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("does not answer");
    assertThat(run.err()).contains("1 of 3 nodes answers").doesNotContain("cluster status");
  }

  /** It would only advise itself. */
  @Test
  void shouldSayHowToStartWhenNobodyAnswers() {
    CliRun run = CliRun.of("cluster", "status", "--endpoint", dead, "--timeout", "1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("scripts/cluster up").doesNotContain("see: holdfast cluster");
  }

  private final class Survivor extends ClusterServiceImplBase {
    @Override
    public void getTopology(GetTopologyRequest request, StreamObserver<GetTopologyResponse> out) {
      GetTopologyResponse.Builder topology =
          GetTopologyResponse.newBuilder()
              .setPartitionCount(3)
              .addNodes(Node.newBuilder().setId("node-a").setGrpcAddress(dead))
              .addNodes(Node.newBuilder().setId("node-b").setGrpcAddress(live()))
              .addNodes(Node.newBuilder().setId("node-c").setGrpcAddress(dead));
      for (int partition = 0; partition < 3; partition++) {
        topology.addPartitions(PartitionLeader.newBuilder().setPartition(partition));
      }
      out.onNext(topology.build());
      out.onCompleted();
    }

    @Override
    public void getNodeStatus(
        GetNodeStatusRequest request, StreamObserver<GetNodeStatusResponse> out) {
      GetNodeStatusResponse.Builder status = GetNodeStatusResponse.newBuilder();
      for (int partition = 0; partition < 3; partition++) {
        status.addReplicas(
            ReplicaStatus.newBuilder()
                .setPartition(partition)
                .setRole(RaftRole.RAFT_ROLE_CANDIDATE));
      }
      out.onNext(status.build());
      out.onCompleted();
    }
  }

  private static final class NoLeader extends InventoryServiceImplBase {
    @Override
    public void getStock(GetStockRequest request, StreamObserver<GetStockResponse> out) {
      out.onError(Statuses.exception(Statuses.of(Reason.NO_LEADER, "partition 0 has no leader")));
    }
  }
}
