package dev.holdfast.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.cli.sync.FakeSync;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import dev.holdfast.proto.aggregator.v1.ReservationsProof;
import dev.holdfast.proto.aggregator.v1.SyncNowRequest;
import dev.holdfast.proto.aggregator.v1.SyncNowResponse;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceImplBase;
import dev.holdfast.proto.aggregator.v1.TotalsProof;
import dev.holdfast.proto.aggregator.v1.TransfersProof;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceImplBase;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class VerifyCommandTest {
  private final FakeSync sync = new FakeSync();

  @TempDir private Path directory;

  @Test
  void shouldPrintTheProofOfEachPartitionAndTheTotals() {
    CliRun run = verify(sync, "-o", "csv");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            partition,sequence,node,records,on_hand,reserved,digest_view,digest_stores,equal,differences,repaired,reservations,held,held_equal,parked
            0,17,node-a,1,40,0,00000000000000000000000000000028,00000000000000000000000000000028,true,0,false,2,7,true,0
            1,17,node-a,1,41,0,00000000000000000000000000000029,00000000000000000000000000000029,true,0,false,2,7,true,0

            skus,on_hand,reserved,equal,differences
            2,81,0,true,0

            in_transit,net_shipped,equal,differences
            0,0,true,0
            """);
  }

  @Test
  void shouldSayWhereTheBooksOfTransfersDoNotAgree() {
    sync.unbalance("partition 1 credited 4 units");

    CliRun run = verify(sync);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("partition 1 credited 4 units");
  }

  @Test
  void shouldFailWhenReservationsDoNotHoldWhatIsReserved() {
    sync.loseReservation("7 units are reserved, open reservations hold 4");

    CliRun csv = verify(sync, "--partition", "1", "-o", "csv");
    CliRun json = verify(sync, "--partition", "1", "-o", "json");

    assertThat(csv.code()).isEqualTo(1);
    assertThat(csv.out()).contains("true,0,false,1,4,false,0");
    assertThat(csv.err()).contains("open reservations hold 4");
    assertThat(json.out()).contains("\"held\":4", "\"held_equal\":false");
  }

  /** An aggregator that is older does not prove the reservations. */
  @Test
  void shouldNotTakeReservationsThatWereNotReadForAProof() {
    VerifyResponse partition =
        VerifyResponse.newBuilder()
            .setPartition(PartitionProof.newBuilder().setEqual(true))
            .build();
    VerifyResponse totals =
        VerifyResponse.newBuilder().setTotals(TotalsProof.newBuilder().setEqual(true)).build();

    CliRun run = verify(new Answering(partition, totals), "--partition", "0");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("did not prove the reservations");
  }

  @Test
  void shouldNameWhatDiffersWithBothValues() {
    sync.spoil(1, 7);

    CliRun csv = verify(sync, "-o", "csv");
    CliRun table = verify(sync);
    CliRun json = verify(sync, "-o", "json");

    assertThat(csv.code()).isEqualTo(1);
    assertThat(csv.out())
        .endsWith(
            """

            partition,store,sku,view_on_hand,stores_on_hand,view_reserved,stores_reserved,view_version,stores_version,view_net_shipped,stores_net_shipped,view_safety_stock,stores_safety_stock,view_state,stores_state,parked
            1,Oslo,TEA-1,7,41,0,0,2,2,0,0,0,0,active,active,false
            """);
    assertThat(table.code()).isEqualTo(1);
    assertThat(table.out()).contains("DIGEST_STORES", "VIEW_ON_HAND", "TEA-1");
    assertThat(json.out().lines()).hasSize(5).allMatch(line -> line.startsWith("{"));
  }

  @Test
  void shouldRepairAndStillSayThatItDiffered() {
    sync.spoil(0, 7);

    CliRun repaired = verify(sync, "--repair");
    CliRun again = verify(sync);

    assertThat(repaired.code()).isEqualTo(1);
    assertThat(repaired.err()).contains("what differed was rebuilt");
    assertThat(again.code()).isZero();
  }

  @Test
  void shouldProveOnlyWhatIsAskedFor() {
    sync.spoil(0, 7);

    assertThat(verify(sync, "--partition", "1").code()).isZero();
    assertThat(verify(sync, "--partition", "1,0").code()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeSilenceForAProof() {
    CliRun silent = verify(new Answering());
    CliRun withoutPartitions =
        verify(
            new Answering(
                VerifyResponse.newBuilder()
                    .setTotals(TotalsProof.newBuilder().setEqual(true))
                    .build()));

    assertThat(silent.code()).isEqualTo(1);
    assertThat(silent.err()).contains("did not prove the totals");
    assertThat(withoutPartitions.code()).isEqualTo(1);
    assertThat(withoutPartitions.err()).contains("did not prove any partition");
  }

  @Test
  void shouldNameTotalsThatAreNotTheSum() {
    CliRun run =
        verify(
            new Answering(
                VerifyResponse.newBuilder()
                    .setTransfers(TransfersProof.newBuilder().setEqual(true))
                    .build(),
                VerifyResponse.newBuilder()
                    .setPartition(
                        PartitionProof.newBuilder()
                            .setEqual(true)
                            .setReservations(ReservationsProof.newBuilder().setEqual(true)))
                    .build(),
                VerifyResponse.newBuilder()
                    .setTotals(TotalsProof.newBuilder().addDifferingSkus("TEA-9"))
                    .build()));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("SKU 'TEA-9': the total is not the sum of its stores");
  }

  @Test
  void shouldCompareTheStoresWithWhatIsExpected() throws Exception {
    Path right = Files.writeString(directory.resolve("r.csv"), "store,sku,expected_final\nA,B,5\n");
    Path wrong = Files.writeString(directory.resolve("w.csv"), "store,sku,expected_final\nA,B,6\n");
    BindableService stores = new OneItem();

    CliRun good = verify(List.of(sync, stores), "--expected", right.toString(), "-o", "csv");
    CliRun bad = verify(List.of(sync, stores), "--expected", wrong.toString(), "-o", "csv");

    assertThat(good.code()).as(good.err()).isZero();
    assertThat(good.out()).endsWith("\ncheck,compared,different\nstores = expected,1,0\n");
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.err()).contains("store 'A', SKU 'B': 6 expected, 5 on hand");
    assertThat(verify(sync, "--expected", "none.csv").code()).isEqualTo(2);
    Path excel =
        Files.writeString(
            directory.resolve("e.csv"),
            "\uFEFFsku;store;expected_final\rB;A;5\r",
            StandardCharsets.UTF_16LE);
    Path lacking = Files.writeString(directory.resolve("l.csv"), "store,sku\nA,B\n");
    Path odd = Files.writeString(directory.resolve("o.csv"), "store,sku,expected_final\nA,B,x\n");
    List<BindableService> both = List.of(sync, stores);
    assertThat(verify(both, "--expected", excel.toString(), "-o", "csv").code()).isZero();
    assertThat(verify(both, "--expected", lacking.toString()))
        .returns(2, CliRun::code)
        .satisfies(run -> assertThat(run.err()).contains("needs the columns"));
    assertThat(verify(both, "--expected", odd.toString()))
        .returns(2, CliRun::code)
        .satisfies(run -> assertThat(run.err()).contains("line 2: expected_final is not a number"));
  }

  /** After the last change the log says once by itself what it all adds up to. */
  @Test
  void shouldCompareAgainWhenTheLogGrewMeanwhile() throws Exception {
    Path right = Files.writeString(directory.resolve("r.csv"), "store,sku,expected_final\nA,B,5\n");

    CliRun once = verifyGrowing(1, right);
    CliRun always = verifyGrowing(Long.MAX_VALUE, right);

    assertThat(once.code()).as(once.err()).isZero();
    assertThat(always.code()).isEqualTo(1);
    assertThat(always.err()).contains("the stock changed meanwhile: verify again when it rests");
  }

  /**
   * @param eventsMax after so many, one with each list, the log rests
   */
  private CliRun verifyGrowing(long eventsMax, Path expected) {
    OneItem stores = new OneItem();
    try (FakeCluster cluster =
        new FakeCluster(() -> Math.min(eventsMax, stores.lists.get()), sync, stores)) {
      return CliRun.of(
          "verify",
          "--expected",
          expected.toString(),
          "--endpoint",
          cluster.address(),
          "--aggregator",
          cluster.address());
    }
  }

  private static CliRun verify(BindableService service, String... options) {
    return verify(List.of(service), options);
  }

  private static CliRun verify(List<BindableService> services, String... options) {
    try (FakeCluster cluster = new FakeCluster(services.toArray(BindableService[]::new))) {
      Stream<String> connection =
          Stream.of("--endpoint", cluster.address(), "--aggregator", cluster.address());
      return CliRun.of(
          Stream.of(Stream.of("verify"), Stream.of(options), connection)
              .flatMap(part -> part)
              .toArray(String[]::new));
    }
  }

  /** A replica without a leader agrees with a view of it, whatever the majority decided since. */
  @Test
  void shouldProveNothingWithoutAMajority() {
    SyncServiceImplBase alone =
        new SyncServiceImplBase() {
          @Override
          public void syncNow(SyncNowRequest request, StreamObserver<SyncNowResponse> out) {
            out.onError(Statuses.exception(Statuses.of(Reason.NO_LEADER, "no quorum")));
          }

          @Override
          public void verify(VerifyRequest request, StreamObserver<VerifyResponse> out) {
            sync.verify(request, out);
          }
        };

    CliRun run = verify(alone);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("NO_LEADER").contains("no quorum");
  }

  /** Says what it was told to. */
  private static final class Answering extends SyncServiceImplBase {
    @Override
    public void syncNow(SyncNowRequest request, StreamObserver<SyncNowResponse> out) {
      out.onNext(SyncNowResponse.getDefaultInstance());
      out.onCompleted();
    }

    private final List<VerifyResponse> answers;

    Answering(VerifyResponse... answers) {
      this.answers = List.of(answers);
    }

    @Override
    public void verify(VerifyRequest request, StreamObserver<VerifyResponse> out) {
      answers.forEach(out::onNext);
      out.onCompleted();
    }
  }

  /** Stores with 5 of B in A. */
  private static final class OneItem extends InventoryServiceImplBase {
    private final AtomicLong lists = new AtomicLong();

    @Override
    public void listStock(ListStockRequest request, StreamObserver<ListStockResponse> out) {
      lists.incrementAndGet();
      StockLevel.Builder level = StockLevel.newBuilder().setStore("A").setSku("B").setOnHand(5);
      out.onNext(ListStockResponse.newBuilder().addStock(level).build());
      out.onCompleted();
    }
  }
}
