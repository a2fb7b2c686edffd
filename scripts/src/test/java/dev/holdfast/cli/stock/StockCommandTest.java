package dev.holdfast.cli.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.StockLevel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StockCommandTest {
  private final FakeCluster cluster = new FakeCluster(new Inventory());

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void shouldPrintTheItemInTheAgreedColumns() {
    CliRun run = run("stock", "get", "Oslo", "A", "-o", "csv");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            store,sku,on_hand,reserved,available,version,safety_stock,frozen,reservable,store_frozen
            Oslo,A,5,2,3,9,0,false,0,true
            """);
  }

  @Test
  void shouldTakeNegativeDeltas() {
    CliRun run = run("stock", "adjust", "Oslo", "A", "-2", "--reason", "write-off", "-o", "json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"on_hand\":-2").contains("\"sequence\":17");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void shouldTellAShortfallAndThatAKeyWasAnsweredBefore() {
    CliRun run =
        run(
            "stock adjust Oslo A -2 --reason sale --record-shortfall --key again -o json"
                .split(" "));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"shortfall\":1");
    assertThat(run.err())
        .contains("the books had 1 fewer free than were taken; count Oslo A")
        .contains("the answer that the key got at 1970-01-01T00:00:01Z");
  }

  @Test
  void shouldNameRefusalAndWayOut() {
    CliRun run = run("stock", "get", "Oslo", "none");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("NOT_FOUND: no such item").contains("stock list");
  }

  @Test
  void shouldNameEveryMalformedField() {
    CliRun run = run("stock", "get", "", "A");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("store: must not be empty").contains("sku: too odd");
  }

  @Test
  void shouldRefuseWrongUsage() {
    assertThat(run("stock", "adjust", "Oslo", "A", "1", "--reason", "theft").code()).isEqualTo(2);
    assertThat(run("stock", "adjust", "Oslo", "A", "x", "--reason", "sale").code()).isEqualTo(2);
    assertThat(run("stock", "list", "--limit", "0").code()).isEqualTo(2);
    assertThat(run("stock").code()).isEqualTo(2);
    assertThat(CliRun.of("stock", "get", "a", "b", "--endpoint", "nonsense").err())
        .contains("--endpoint: endpoint 'nonsense' is not host:port");
  }

  @Test
  void shouldTellThatTheClusterIsDown() {
    cluster.close();

    CliRun run = run("stock", "get", "Oslo", "A", "--timeout", "1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("UNAVAILABLE").contains("is the cluster up?");
  }

  @Test
  void shouldNameTheLeaseThatIsInTheWay() {
    CliRun run =
        run("stock", "adjust", "Oslo", "leased", "-1", "--reason", "sale", "--timeout", "1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("LOCKED: is leased").contains("--token").contains("lease get");
  }

  @Test
  void shouldShowTheCluster() {
    CliRun run = run("cluster", "status", "-o", "csv");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines().toList().get(0)).endsWith("clock_offset_seconds,disk,fault");
    assertThat(run.out().lines().toList().get(1))
        .startsWith("node-a," + cluster.address())
        .endsWith(",-12.345,nearly full,");
  }

  private CliRun run(String... arguments) {
    return CliRun.of(
        Stream.concat(Stream.of(arguments), Stream.of("--endpoint", cluster.address()))
            .toArray(String[]::new));
  }

  private static final class Inventory extends InventoryServiceGrpc.InventoryServiceImplBase {
    @Override
    public void getStock(GetStockRequest request, StreamObserver<GetStockResponse> out) {
      if (request.getStore().isEmpty()) {
        List<FieldViolation> violations =
            List.of(
                new FieldViolation("store", "must not be empty"),
                new FieldViolation("sku", "too odd"));
        out.onError(Statuses.exception(Statuses.invalid(violations)));
      } else if (request.getSku().equals("none")) {
        out.onError(Statuses.exception(Statuses.of(Reason.NOT_FOUND, "no such item")));
      } else {
        StockLevel level =
            StockLevel.newBuilder()
                .setStore(request.getStore())
                .setSku(request.getSku())
                .setOnHand(5)
                .setReserved(2)
                .setAvailable(3)
                .setVersion(9)
                .setReservable(0)
                .setStoreFrozen(true)
                .build();
        out.onNext(GetStockResponse.newBuilder().setStock(level).build());
        out.onCompleted();
      }
    }

    @Override
    public void adjustStock(AdjustStockRequest request, StreamObserver<AdjustStockResponse> out) {
      if (request.getSku().equals("leased")) {
        out.onError(Statuses.exception(Statuses.of(Reason.LOCKED, "is leased")));
        return;
      }
      AdjustStockResponse.Builder answer =
          AdjustStockResponse.newBuilder()
              .setStock(StockLevel.newBuilder().setOnHand(request.getDelta()))
              .setPosition(Position.newBuilder().setSequence(17));
      if (request.getRecordShortfall()) {
        answer.setShortfall(1).getEarlierBuilder().setDecidedMillis(1_000);
      }
      out.onNext(answer.build());
      out.onCompleted();
    }
  }
}
