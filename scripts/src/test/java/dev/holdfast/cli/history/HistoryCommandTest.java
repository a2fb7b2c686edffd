package dev.holdfast.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.FindHistoryResponse;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.HistoryEntry;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc.HistoryServiceImplBase;
import dev.holdfast.proto.inventory.v1.HistorySince;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest.Order;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.ListStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.Moment;
import dev.holdfast.proto.inventory.v1.Movement;
import dev.holdfast.proto.inventory.v1.Refusal;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.log.v1.EventKind;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HistoryCommandTest {
  private final FakeHistory history = new FakeHistory();
  private final FakeCluster aggregator = new FakeCluster(history);

  /** Three movements, two a page. */
  private static final class FakeHistory extends HistoryServiceImplBase {
    private final List<ListMovementsRequest> lists = new CopyOnWriteArrayList<>();
    private final List<GetStockAsOfRequest> asOf = new CopyOnWriteArrayList<>();
    private final List<FindHistoryRequest> finds = new CopyOnWriteArrayList<>();

    @Override
    public void listMovements(
        ListMovementsRequest request, StreamObserver<ListMovementsResponse> out) {
      lists.add(request);
      long first = request.getPageToken().isEmpty() ? 9 : Long.parseLong(request.getPageToken());
      ListMovementsResponse.Builder page =
          ListMovementsResponse.newBuilder()
              .setSince(HistorySince.newBuilder().setSequence(4).setTimeMillis(1_000));
      long last = Math.max(7, first - Math.min(2, request.getPageSize()) + 1);
      for (long sequence = first; sequence >= last; sequence--) {
        page.addMovements(movement(sequence));
      }
      out.onNext(page.setNextPageToken(last == 7 ? "" : Long.toString(last - 1)).build());
      out.onCompleted();
    }

    @Override
    public void findHistory(FindHistoryRequest request, StreamObserver<FindHistoryResponse> out) {
      finds.add(request);
      Refusal refusal =
          Refusal.newBuilder()
              .setSequence(11)
              .setTimeMillis(1_700_000_000_000L)
              .setStore("Rome")
              .setSku("MUG")
              .setReason("INSUFFICIENT_STOCK")
              .setRequested(5)
              .setAvailable(2)
              .setHeld(1)
              .build();
      out.onNext(
          FindHistoryResponse.newBuilder()
              .addEntries(HistoryEntry.newBuilder().setPartition(1).setMovement(movement(9)))
              .addEntries(HistoryEntry.newBuilder().setPartition(2).setRefusal(refusal))
              .setParkedChanges(3)
              .build());
      out.onCompleted();
    }

    @Override
    public void listStockAsOf(
        ListStockAsOfRequest request, StreamObserver<ListStockAsOfResponse> out) {
      boolean isFirst = request.getPageToken().isEmpty();
      String sku = isFirst ? "A" : "B";
      out.onNext(
          ListStockAsOfResponse.newBuilder()
              .addStock(StockLevel.newBuilder().setStore(request.getStore()).setSku(sku))
              .setNextPageToken(isFirst ? "more" : "")
              .build());
      out.onCompleted();
    }

    private static Movement movement(long sequence) {
      return Movement.newBuilder()
          .setSequence(sequence)
          .setTimeMillis(1_700_000_000_000L)
          .setKind(EventKind.EVENT_KIND_STOCK_ADJUSTED)
          .setOnHandDelta(-2)
          .setAfter(
              StockLevel.newBuilder()
                  .setOnHand(30 - sequence)
                  .setVersion(sequence)
                  .setSafetyStock(2))
          .setBefore(StockLevel.newBuilder())
          .setReason("SALE")
          .setReference("o-" + sequence)
          .setPrincipal("alice")
          .setRequestId("r-1")
          .build();
    }

    @Override
    public void getStockAsOf(
        GetStockAsOfRequest request, StreamObserver<GetStockAsOfResponse> out) {
      asOf.add(request);
      StockLevel.Builder level =
          StockLevel.newBuilder()
              .setStore("Oslo")
              .setSku("TEA-1")
              .setOnHand(38)
              .setReserved(3)
              .setAvailable(35)
              .setVersion(5);
      out.onNext(GetStockAsOfResponse.newBuilder().setStock(level).setParkedChanges(2).build());
      out.onCompleted();
    }
  }

  @AfterEach
  void close() {
    aggregator.close();
  }

  private CliRun run(String... arguments) {
    return history(
        Stream.concat(Stream.of("Oslo", "TEA-1"), Stream.of(arguments)).toArray(String[]::new));
  }

  private CliRun history(String... arguments) {
    return CliRun.of(
        Stream.concat(
                Stream.of("history", "--aggregator", aggregator.address()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  @Test
  void shouldPrintAllPagesAndWhereTheHistoryBegins() {
    CliRun run = run("-o", "csv");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            sequence,time,type,on_hand_delta,reserved_delta,on_hand,reserved,version,reason,reservation_id,reference,principal,request_id,terms,age_millis
            9,2023-11-14T22:13:20Z,stock-adjusted,-2,0,21,0,9,SALE,,o-9,alice,r-1,safety stock 0 -> 2,0
            8,2023-11-14T22:13:20Z,stock-adjusted,-2,0,22,0,8,SALE,,o-8,alice,r-1,safety stock 0 -> 2,0
            7,2023-11-14T22:13:20Z,stock-adjusted,-2,0,23,0,7,SALE,,o-7,alice,r-1,safety stock 0 -> 2,0
            """);
    assertThat(run.err()).contains("the history begins after sequence 4, at 1970-01-01T00:00:01Z");
    assertThat(history.lists).hasSize(2);
  }

  @Test
  void shouldStopAtTheLimitAndSayThatThereIsMore() {
    CliRun run = run("-o", "csv", "--limit", "1");

    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.err()).contains("there are more");
  }

  @Test
  void shouldAskForWhatTheOptionsSay() {
    run("--oldest-first", "--from", "17", "--to", "2026-01-31", "--wait-for", "0:9");

    ListMovementsRequest asked = history.lists.get(0);
    assertThat(asked.getOrder()).isEqualTo(Order.ORDER_OLDEST_FIRST);
    assertThat(asked.getFrom()).isEqualTo(Moment.newBuilder().setSequence(17).build());
    assertThat(asked.getTo())
        .isEqualTo(Moment.newBuilder().setTimeMillis(1_769_817_600_000L).build());
    assertThat(asked.getWaitFor(0).getSequence()).isEqualTo(9);
  }

  @Test
  void shouldFindWhatHappenedOverAllStores() {
    CliRun run = history("--reference", "o-9", "--from", "2026-01-31", "-o", "csv");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            partition,sequence,time,type,store,sku,on_hand_delta,reserved_delta,on_hand,reserved,reason,requested,available,held,reservation_id,reference,principal,request_id,age_millis
            1,9,2023-11-14T22:13:20Z,stock-adjusted,,,-2,0,21,0,SALE,,,,,o-9,alice,r-1,
            2,11,2023-11-14T22:13:20Z,command-rejected,Rome,MUG,,,,,INSUFFICIENT_STOCK,5,2,1,,,,,
            """);
    assertThat(run.err()).contains("3 changes are parked");
    FindHistoryRequest asked = history.finds.get(0);
    assertThat(asked.getReference()).isEqualTo("o-9");
    assertThat(asked.getFromMillis()).isEqualTo(1_769_817_600_000L);
  }

  @Test
  void shouldAskForEachOtherName() {
    history("--request", "q-1");
    history("--reservation", "r-1");
    history("Oslo", "--refusals", "--oldest-first");
    history("--ran-out", "--to", "2026-01-31");

    assertThat(history.finds.get(0).getRequestId()).isEqualTo("q-1");
    assertThat(history.finds.get(1).getReservationId()).isEqualTo("r-1");
    assertThat(history.finds.get(2).getRefusals()).isTrue();
    assertThat(history.finds.get(2).getStore()).isEqualTo("Oslo");
    assertThat(history.finds.get(2).getOrder()).isEqualTo(Order.ORDER_OLDEST_FIRST);
    assertThat(history.finds.get(3).getRanOut()).isTrue();
    assertThat(history.finds.get(3).getToMillis()).isEqualTo(1_769_817_600_000L);
  }

  @Test
  void shouldTellTheStockOfAWholeStore() {
    CliRun run = history("Oslo", "--as-of", "2026-01-31", "-o", "csv");

    assertThat(run.out().lines().map(line -> line.split(",", -1)[1]))
        .containsExactly("sku", "A", "B");
  }

  @Test
  void shouldNeverTakeADayForASequence() {
    CliRun run = run("--from", "20261129");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("may be a day or a sequence: write 2026-11-29 or seq:20261129");
    assertThat(run("--to", "20261129").code()).isEqualTo(2);
    assertThat(run("--as-of", "20261129").code()).isEqualTo(2);
    assertThat(history("--ran-out", "--from", "17").err()).contains("is not a moment");

    run("--from", "seq:20261129", "--to", "20261399");
    assertThat(history.lists.get(0).getFrom().getSequence()).isEqualTo(20_261_129);
    assertThat(history.lists.get(0).getTo().getSequence()).isEqualTo(20_261_399);
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThat(history().err()).contains("STORE and SKU are missing");
    assertThat(history("Oslo").err()).contains("STORE and SKU are missing");
    assertThat(history("--as-of", "17").err()).contains("a STORE is missing");
    assertThat(history("--refusals", "--ran-out").err()).contains("give one of");
    assertThat(history("--refusals", "--as-of", "17").err()).contains("--as-of is one moment");
  }

  @Test
  void shouldTellTheStockAsOfAMoment() {
    CliRun run = run("--as-of", "2023-11-14T23:13:20+01:00", "-o", "csv");

    assertThat(run.out())
        .isEqualTo(
            "store,sku,on_hand,reserved,available,version,age_millis\nOslo,TEA-1,38,3,35,5,0\n");
    assertThat(history.asOf.get(0).getMoment().getTimeMillis()).isEqualTo(1_700_000_000_000L);
  }

  @Test
  void shouldNameWrongOptions() {
    assertThat(run("--from", "yesterday").err())
        .contains("--from: 'yesterday' is not a moment: write a sequence");
    assertThat(run("--as-of", "3", "--to", "4").err()).contains("--as-of is one moment");
    assertThat(run("--limit", "-1").err()).contains("--limit must not be negative");
  }
}
