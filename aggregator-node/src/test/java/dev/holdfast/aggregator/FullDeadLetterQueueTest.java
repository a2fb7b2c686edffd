package dev.holdfast.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.aggregator.config.AggregatorNodeConfig;
import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.FakeStoreNode;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.RebuildRequest;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceBlockingStub;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole aggregator that can apply nothing of a partition, and may park only so much of it. */
class FullDeadLetterQueueTest {
  private static final int MAX = 3;
  private static final int BATCHES = 10;

  @TempDir private Path directory;
  private final List<PartitionLog> logs = List.of(new PartitionLog(0), new PartitionLog(1));
  private volatile boolean faulty = true;
  private FakeStoreNode node;
  private AggregatorServer server;
  private ManagedChannel channel;

  @BeforeEach
  void fill() throws Exception {
    for (int i = 0; i < BATCHES; i++) {
      logs.get(0).append(List.of(created("berlin", "sku-" + i)));
      logs.get(1).append(List.of(created("paris", "sku-" + i)));
    }
    node = new FakeStoreNode("c1", logs);
    node.pin(Map.of("berlin", 0, "paris", 1));
    start();
    await().until(() -> !paused().isEmpty());
  }

  private void start() {
    server = AggregatorServer.start(config(), stored -> new Projection(stored, this::level));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
    node.close();
  }

  private AggregatorNodeConfig config() {
    return AggregatorSettings.of(
        directory.resolve("data"), node.port(), Map.of("dead-letters.max", Integer.toString(MAX)));
  }

  private StockLevel level(StockKey item, StockLevel after) {
    if (faulty && item.store().equals("berlin")) {
      throw new IllegalStateException("a bug");
    }
    return after;
  }

  private static Event created(String store, String sku) {
    return new Event.ItemCreated(new StockKey(store, sku), StockLevel.opening(5));
  }

  private SyncServiceBlockingStub sync() {
    return SyncServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private GetSyncStatusResponse status() {
    return sync().getSyncStatus(GetSyncStatusRequest.getDefaultInstance());
  }

  private String paused() {
    return status().getPartitionsCount() == 0 ? "" : status().getPartitions(0).getPaused();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private void awaitWhole() {
    await()
        .untilAsserted(
            () -> {
              assertThat(status().getPartitions(0).getCursor()).isEqualTo(BATCHES);
              assertThat(status().getPartitions(0).getPaused()).isEmpty();
            });
  }

  @Test
  void shouldPauseThePartitionLoudlyAndNoOther() throws Exception {
    await().until(() -> status().getPartitions(1).getCursor() == BATCHES);

    assertThat(status().getPartitions(0).getCursor()).isEqualTo(MAX);
    assertThat(status().getParkedChanges()).isEqualTo(MAX);
    assertThat(paused()).contains("3 of its changes are parked").contains("rebuild the partition");
    assertThat(status().getPartitions(1).getPaused()).isEmpty();
    assertThat(get("/api/health").statusCode()).isEqualTo(503);
    assertThat(get("/api/health").body()).contains("paused: 3 of its changes are parked");
    assertThat(get("/metrics").body())
        .containsPattern("holdfast_view_paused\\{[^}]*partition=\"0\"[^}]*} 1\\.0");
  }

  @Test
  void shouldStayPausedOverARestart() {
    channel.shutdownNow();
    server.close();
    start();

    await().until(() -> !paused().isEmpty());
    assertThat(status().getPartitions(0).getCursor()).isEqualTo(MAX);
  }

  @Test
  void shouldGoOnWhereItWasWhenARetrySucceeds() {
    faulty = false;

    var unused =
        DeadLetterServiceGrpc.newBlockingStub(channel)
            .retryDeadLetter(RetryDeadLetterRequest.getDefaultInstance());

    awaitWhole();
    assertThat(status().getParkedChanges()).isZero();
    assertThat(status().getPartitions(0).getDigest().getRecords()).isEqualTo(BATCHES);
  }

  @Test
  void shouldGoOnByOneBatchForAChangeThatIsGivenUp() {
    var request =
        DiscardDeadLetterRequest.newBuilder().setId("0-1-berlin-sku-0").setReason("not needed");

    var unused = DeadLetterServiceGrpc.newBlockingStub(channel).discardDeadLetter(request.build());

    await().until(() -> status().getPartitions(0).getCursor() == MAX + 1);
    await().until(() -> !paused().isEmpty());
    assertThat(status().getParkedChanges()).isEqualTo(MAX);
  }

  @Test
  void shouldVerifyWithoutDistrustWhatDiffersOnlyByWhatIsParked() {
    faulty = false;
    var unused =
        DeadLetterServiceGrpc.newBlockingStub(channel)
            .retryDeadLetter(RetryDeadLetterRequest.getDefaultInstance());
    awaitWhole();
    faulty = true;
    logs.get(0).append(List.of(created("berlin", "late")));
    node.pump();
    await().until(() -> status().getParkedChanges() == 1);

    var proof =
        sync()
            .verify(VerifyRequest.newBuilder().addPartitions(0).setRepair(true).build())
            .next()
            .getPartition();

    assertThat(proof.getEqual()).isFalse();
    assertThat(proof.getItemsDiffering()).isZero();
    assertThat(proof.getItemsParked()).isEqualTo(1);
    assertThat(proof.getParked(0).getSku()).isEqualTo("late");
    assertThat(proof.getParked(0).getStores().getOnHand()).isEqualTo(5);
    assertThat(proof.getRepaired()).isFalse();
    assertThat(status().getPartitions(0).getUntrusted()).isEmpty();
    assertThat(status().getOpenViolations()).isZero();
    assertThat(status().getParkedChanges()).isEqualTo(1);
  }

  @Test
  void shouldGoOnBehindTheExportWhenThePartIsRebuilt() {
    var rebuilt = sync().rebuild(RebuildRequest.newBuilder().setPartition(0).build());

    assertThat(rebuilt.getProof().getEqual()).isTrue();
    awaitWhole();
    assertThat(status().getParkedChanges()).isZero();
    assertThat(status().getPartitions(0).getDigest().getRecords()).isEqualTo(BATCHES);
    faulty = false;
    logs.get(0).append(List.of(created("berlin", "late")));
    node.pump();
    await().until(() -> status().getPartitions(0).getCursor() == BATCHES + 1);
  }
}
