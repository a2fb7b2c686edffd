package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.codec.StateDigestCodec;
import dev.holdfast.common.domain.DigestBuckets;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.feed.v1.CloseExportRequest;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc.ExportServiceBlockingStub;
import dev.holdfast.proto.feed.v1.ExportedStock;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.GetExportDigestsRequest;
import dev.holdfast.proto.feed.v1.GetHeadRequest;
import dev.holdfast.proto.feed.v1.OpenExportRequest;
import dev.holdfast.proto.feed.v1.OpenExportResponse;
import dev.holdfast.proto.feed.v1.ReadExportRequest;
import dev.holdfast.proto.feed.v1.ReadExportResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an aggregator reads when the log is not enough. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExportIT {
  private static final int ITEMS = 60;

  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster = TestCluster.started(directory, Map.of("digest.every-events", "25"));
    for (int i = 0; i < ITEMS; i++) {
      cluster.node(0).call().create(store(0, i % 3), "sku-" + i, 1_000_000);
    }
    cluster.node(0).call().create(store(1), "head", 1);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  /** On the leader, and on a follower. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldBeTheStateAtExactlyItsSequenceWhileWritesGoOn(int node) throws Exception {
    Thread writer = new Thread(() -> cluster.move(store(0, 0), "sku-0", 3_000));
    writer.start();
    for (int i = 0; i < 8; i++) {
      OpenExportResponse export = open(cluster.node(node), 0);

      Map<StockKey, StockLevel> records = read(cluster.node(node), export, 7);

      RecordedLog log = RecordedLog.of(cluster.node(node).state(0));
      Map<StockKey, StockLevel> expected =
          LogAudit.stockOf(log.events().subList(0, (int) export.getSequence()));
      assertThat(records).isEqualTo(expected);
      assertThat(StateDigestCodec.fromProto(export.getDigest())).isEqualTo(digestOf(records));
      close(cluster.node(node), export);
    }
    writer.join();
  }

  @Test
  void shouldTellTheLinkOfTheChainThatTheLogGoesOnFrom() {
    long head = cluster.awaitEqualReplicas(0).sequence();
    TestNode node = cluster.node(2);

    OpenExportResponse export = open(node, 0);

    assertThat(export.getSequence()).isEqualTo(head);
    assertThat(export.getBatchHash().toByteArray()).isEqualTo(node.state(0).applied().batchHash());
    assertThat(export.getTimeMillis()).isEqualTo(node.state(0).applied().timeMillis());
    assertThat(export.getNodeId()).isEqualTo(node.id);
    assertThat(export.getIdleMillisMax()).isEqualTo(60_000);
    close(node, export);
  }

  @Test
  void shouldReadTheSameByBuckets() {
    TestNode node = cluster.node(1);
    OpenExportResponse export = open(node, 0);
    Map<StockKey, StockLevel> all = read(node, export, 0);

    List<StateDigest> digests =
        exports(node)
            .getExportDigests(
                GetExportDigestsRequest.newBuilder().setExportId(export.getExportId()).build())
            .getBucketsList()
            .stream()
            .map(StateDigestCodec::fromProto)
            .toList();

    DigestBuckets expected = new DigestBuckets();
    all.forEach(expected::add);
    assertThat(digests).isEqualTo(expected.digests());
    StockKey some = all.keySet().iterator().next();
    ReadExportResponse bucket =
        exports(node)
            .readExport(
                ReadExportRequest.newBuilder()
                    .setExportId(export.getExportId())
                    .addBuckets(DigestBuckets.bucketOf(some))
                    .build());
    assertThat(bucket.getLast()).isTrue();
    assertThat(bucket.getRecordsList())
        .extracting(ExportIT::item)
        .contains(some)
        .allMatch(item -> DigestBuckets.bucketOf(item) == DigestBuckets.bucketOf(some));
    close(node, export);
  }

  @Test
  void shouldSayThatAnExportIsGone() {
    TestNode node = cluster.node(0);
    OpenExportResponse export = open(node, 0);
    close(node, export);
    close(node, export);

    HoldfastException gone = refused(() -> read(node, export, 0));

    assertThat(gone.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(gone.reason()).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void shouldNotServeWhatItHasNotGot() {
    long head = cluster.awaitEqualReplicas(1).sequence();
    OpenExportRequest request =
        OpenExportRequest.newBuilder().setPartition(1).setMinSequence(head + 1).build();

    HoldfastException ahead = refused(() -> exports(cluster.node(2)).openExport(request));

    assertThat(ahead.reason()).isEqualTo(Reason.AHEAD_OF_LOG);
    assertThat(ahead.metadata()).containsEntry("next_sequence", Long.toString(head + 1));
  }

  @Test
  void shouldKeepABoundedNumberOpen() {
    TestNode node = cluster.node(2);
    List<OpenExportResponse> open = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      open.add(open(node, 2));
    }

    assertThat(refused(() -> open(node, 2)).reason()).isEqualTo(Reason.OVERLOADED);

    open.forEach(export -> close(node, export));
    close(node, open(node, 2));
  }

  @Test
  void shouldNameWhatIsMalformed() {
    ExportServiceBlockingStub stub = exports(cluster.node(0));

    assertThat(
            refused(() -> stub.openExport(OpenExportRequest.newBuilder().setPartition(3).build()))
                .reason())
        .isEqualTo(Reason.VALIDATION);
    assertThat(
            refused(
                    () ->
                        stub.readExport(
                            ReadExportRequest.newBuilder()
                                .setAfterStore("berlin")
                                .setMaxRecords(50_001)
                                .addBuckets(4_096)
                                .build()))
                .violations())
        .extracting(violation -> violation.field())
        .containsExactlyInAnyOrder("after_sku", "max_records", "buckets");
    assertThat(
            refused(
                    () ->
                        FeedServiceGrpc.newBlockingStub(cluster.node(0).channel())
                            .getHead(GetHeadRequest.newBuilder().setPartition(3).build()))
                .reason())
        .isEqualTo(Reason.VALIDATION);
  }

  /** Whichever node is asked: what was acknowledged before is included. */
  @Test
  void shouldTellAHeadThatIncludesEveryEarlierWrite() {
    for (int i = 0; i < 30; i++) {
      long written =
          cluster.node(0).call().adjust(store(1), "head", 1 + i).getPosition().getSequence();
      TestNode asked = cluster.node(i % 3);

      long head = // refused while nobody leads, as just after a start
          patiently()
              .ignoreExceptionsMatching(
                  e -> Status.fromThrowable(e).getCode() == Status.Code.UNAVAILABLE)
              .until(() -> head(asked), answer -> true);

      assertThat(head).isGreaterThanOrEqualTo(written);
    }
  }

  private static long head(TestNode node) {
    return FeedServiceGrpc.newBlockingStub(node.channel())
        .getHead(GetHeadRequest.newBuilder().setPartition(1).build())
        .getSequence();
  }

  private static OpenExportResponse open(TestNode node, int partition) {
    return exports(node).openExport(OpenExportRequest.newBuilder().setPartition(partition).build());
  }

  private static void close(TestNode node, OpenExportResponse export) {
    exports(node)
        .closeExport(CloseExportRequest.newBuilder().setExportId(export.getExportId()).build());
  }

  private static Map<StockKey, StockLevel> read(TestNode node, OpenExportResponse export, int max) {
    Map<StockKey, StockLevel> records = new LinkedHashMap<>();
    ReadExportRequest.Builder request =
        ReadExportRequest.newBuilder().setExportId(export.getExportId()).setMaxRecords(max);
    ReadExportResponse page;
    do {
      page = exports(node).readExport(request.build());
      for (ExportedStock record : page.getRecordsList()) {
        StockLevel level = LevelCodec.fromProto(record.getLevel());
        assertThat(records.put(item(record), level)).isNull();
        request.setAfterStore(record.getStore()).setAfterSku(record.getSku());
      }
    } while (!page.getLast());
    return records;
  }

  private static StockKey item(ExportedStock record) {
    return new StockKey(record.getStore(), record.getSku());
  }

  private static StateDigest digestOf(Map<StockKey, StockLevel> records) {
    DigestBuckets buckets = new DigestBuckets();
    records.forEach(buckets::add);
    return buckets.digests().stream().reduce(StateDigest.EMPTY, StateDigest::plus);
  }

  private static ExportServiceBlockingStub exports(TestNode node) {
    return ExportServiceGrpc.newBlockingStub(node.channel());
  }

  private static HoldfastException refused(Supplier<?> call) {
    try {
      throw new AssertionError("was answered: " + call.get());
    } catch (StatusRuntimeException e) {
      return HoldfastException.from(e);
    }
  }
}
