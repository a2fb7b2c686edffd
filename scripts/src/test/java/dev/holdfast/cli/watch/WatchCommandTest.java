package dev.holdfast.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc.FeedServiceImplBase;
import dev.holdfast.proto.feed.v1.GetHeadRequest;
import dev.holdfast.proto.feed.v1.GetHeadResponse;
import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc.WatchServiceImplBase;
import dev.holdfast.proto.feed.v1.WatchedChange;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.log.v1.EventKind;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WatchCommandTest {
  private final FakeWatch watch = new FakeWatch();
  private final FakeCluster cluster = new FakeCluster(watch, new FakeFeed());

  /** A log that ends with the refusal. */
  private static final class FakeFeed extends FeedServiceImplBase {
    @Override
    public void getHead(GetHeadRequest request, StreamObserver<GetHeadResponse> out) {
      out.onNext(GetHeadResponse.newBuilder().setSequence(18).build());
      out.onCompleted();
    }
  }

  /** Tells of a sale and a refusal; the first call breaks off in between. */
  private static final class FakeWatch extends WatchServiceImplBase {
    private final List<WatchRequest> requests = new CopyOnWriteArrayList<>();

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchMessage> out) {
      requests.add(request);
      if (request.getFromCount() > 0 && request.getFrom(0).getSequence() == 1) {
        out.onError(
            Statuses.exception(
                new Refusal(
                    Reason.HISTORY_TRUNCATED,
                    "events of partition 0 before sequence 9 are gone",
                    Map.of(Refusal.PARTITION, "0", Refusal.EARLIEST_SEQUENCE, "9"))));
      } else if (requests.size() == 1) {
        out.onNext(WatchMessage.newBuilder().addPositions(at(16)).build());
        out.onNext(WatchMessage.newBuilder().setEvent(sale()).build());
        out.onError(Statuses.exception(new Refusal(Reason.NO_LEADER, "this node is stopping")));
      } else {
        out.onNext(WatchMessage.newBuilder().addPositions(request.getFrom(0)).build());
        out.onNext(WatchMessage.newBuilder().setEvent(refusal()).build());
      }
    }

    private static Position at(long sequence) {
      return Position.newBuilder().setSequence(sequence).build();
    }

    private static WatchedEvent sale() {
      return WatchedEvent.newBuilder()
          .setPosition(at(17))
          .setTimeMillis(1_700_000_000_123L)
          .setKind(EventKind.EVENT_KIND_STOCK_ADJUSTED)
          .setStore("Oslo")
          .setReason("SALE")
          .setReference("o-1")
          .setPrincipal("alice")
          .setRequestId("r-1")
          .addChanges(
              WatchedChange.newBuilder()
                  .setOnHandDelta(-2)
                  .setAfter(
                      StockLevel.newBuilder()
                          .setStore("Oslo")
                          .setSku("TEA-1")
                          .setOnHand(38)
                          .setReserved(3)
                          .setAvailable(35)
                          .setVersion(5)))
          .build();
    }

    private static WatchedEvent refusal() {
      return WatchedEvent.newBuilder()
          .setPosition(at(18))
          .setTimeMillis(1_700_000_000_456L)
          .setKind(EventKind.EVENT_KIND_COMMAND_REJECTED)
          .setStore("Oslo")
          .setSku("TEA-1")
          .setReason("INSUFFICIENT_STOCK")
          .setPrincipal("bob")
          .build();
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private CliRun run(String... arguments) {
    return CliRun.of(
        Stream.concat(Stream.of("watch", "--endpoint", cluster.address()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  @Test
  void shouldPrintALineAnEventAndGoOnWhereItBrokeOff() {
    CliRun run = run("--limit", "2");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "2023-11-14T22:13:20.123Z 0:17 stock-adjusted Oslo TEA-1 on hand -2 -> 38 (v5) SALE"
                + " ref o-1 by alice",
            "2023-11-14T22:13:20.456Z 0:18 command-rejected Oslo TEA-1 INSUFFICIENT_STOCK by bob");
    assertThat(run.err())
        .contains("going on elsewhere: this node is stopping")
        .contains("to resume: --from 0:18");
    assertThat(watch.requests.get(1).getFromList()).containsExactly(FakeWatch.at(17));
  }

  @Test
  void shouldEndWhenNobodyReadsAnyMore() {
    String first = run("--limit", "1").out();
    watch.requests.clear();

    CliRun run =
        CliRun.until(first.length(), "watch", "--endpoint", cluster.address()); // as head -n 1

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEqualTo(first);
    assertThat(run.err()).doesNotContain("to resume").doesNotContain("holdfast");
  }

  @Test
  void shouldEndWithWhatWasThereWhenItBegan() {
    CliRun run = run("--from-time", "2023-11-14T22:00:00Z", "--until-now");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("to resume: --from 0:18");
    assertThat(watch.requests.get(0).getFromMillis()).isEqualTo(1_699_999_200_000L);
    assertThat(run("--from-time", "17").err()).contains("--from-time: '17' is not a moment");
  }

  @Test
  void shouldWaitForEachPartitionsEnd() {
    Places ends = new Places(Map.of(0, 5L, 1, 0L));

    assertThat(ends.areReached(List.of(FakeWatch.at(5)))).isFalse();
    assertThat(ends.areReached(List.of(FakeWatch.at(4), partition1()))).isFalse();
    assertThat(ends.areReached(List.of(FakeWatch.at(5), partition1()))).isTrue();
  }

  private static Position partition1() {
    return Position.newBuilder().setPartition(1).build();
  }

  @Test
  void shouldPrintAllThereIsAsJson() {
    CliRun run = run("--limit", "1", "--json");

    assertThat(run.out())
        .isEqualTo(
            "{\"partition\":0,\"sequence\":17,\"time\":\"2023-11-14T22:13:20.123Z\","
                + "\"type\":\"stock-adjusted\",\"store\":\"Oslo\",\"sku\":\"\","
                + "\"reservation_id\":\"\",\"reason\":\"SALE\",\"reference\":\"o-1\","
                + "\"principal\":\"alice\",\"request_id\":\"r-1\",\"changes\":[{\"sku\":\"TEA-1\","
                + "\"on_hand_delta\":-2,\"reserved_delta\":0,\"on_hand\":38,\"reserved\":3,"
                + "\"available\":35,\"version\":5,\"deleted\":false,"
                + "\"safety_stock_before\":0,\"safety_stock\":0,\"frozen_before\":false,"
                + "\"frozen\":false}],\"shortfall\":0}\n");
  }

  @Test
  void shouldTellWhatChangedInTheTermsAndWhatTheBooksDidNotHave() {
    EventLine lines = new EventLine(false);
    WatchedEvent.Builder event = WatchedEvent.newBuilder().setStore("Oslo");
    WatchedChange.Builder change = event.addChangesBuilder().setFrozenBefore(true);
    change.getAfterBuilder().setSku("TEA-1").setSafetyStock(7).setVersion(5);

    assertThat(lines.line(event.build()))
        .contains("TEA-1 safety stock +7 -> 7, not frozen any more (v5)");
    assertThat(lines.line(event.setShortfall(3).build())).contains("(v5) shortfall 3");
    event.getStoreTermsBuilder().setFrozen(true);
    assertThat(lines.line(event.build())).contains("Oslo").endsWith("now frozen");
  }

  @Test
  void shouldAskForWhatTheOptionsSay() {
    run(
        "--limit=1",
        "--store=Oslo",
        "--store=Rome",
        "--sku-prefix=TEA",
        "--type=stock-adjusted",
        "--type=COMMAND_REJECTED",
        "--from=0:4,1:0");

    assertThat(watch.requests.get(0))
        .isEqualTo(
            WatchRequest.newBuilder()
                .addStores("Oslo")
                .addStores("Rome")
                .setSkuPrefix("TEA")
                .addKinds(EventKind.EVENT_KIND_STOCK_ADJUSTED)
                .addKinds(EventKind.EVENT_KIND_COMMAND_REJECTED)
                .addFrom(FakeWatch.at(4))
                .addFrom(Position.newBuilder().setPartition(1))
                .build());
  }

  @Test
  void shouldSayWhatIsLeftWhenHistoryIsGone() {
    CliRun run = run("--from", "0:1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("HISTORY_TRUNCATED: events of partition 0 before sequence 9 are gone")
        .contains("start from the earliest sequence that is left");
  }

  @Test
  void shouldNameWrongOptions() {
    assertThat(run("--type", "sold").err())
        .contains("--type: 'sold' is not one of item-created, stock-adjusted");
    assertThat(run("--from", "17").err()).contains("--from: '17' is not PARTITION:SEQUENCE");
    assertThat(run("--limit", "-1").err()).contains("--limit must not be negative");
  }

  @Test
  void shouldColourTheKindOnly() {
    EventLine coloured = new EventLine(true);

    assertThat(coloured.line(FakeWatch.sale())).contains("\u001b[33mstock-adjusted\u001b[39m Oslo");
    assertThat(coloured.line(FakeWatch.refusal())).contains("\u001b[31mcommand-rejected");
  }
}
