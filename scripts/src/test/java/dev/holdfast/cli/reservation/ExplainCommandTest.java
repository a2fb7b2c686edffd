package dev.holdfast.cli.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.proto.inventory.v1.ExplainStockRequest;
import dev.holdfast.proto.inventory.v1.ExplainStockResponse;
import dev.holdfast.proto.inventory.v1.Hold;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceImplBase;
import dev.holdfast.proto.inventory.v1.StockLevel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ExplainCommandTest {
  private static final String LONG_ID = "reservation-" + "7".repeat(52);

  private final FakeCluster cluster =
      new FakeCluster(
          new InventoryServiceImplBase() {
            @Override
            public void explainStock(
                ExplainStockRequest request, StreamObserver<ExplainStockResponse> out) {
              out.onNext(explained());
              out.onCompleted();
            }
          });

  private static ExplainStockResponse explained() {
    return ExplainStockResponse.newBuilder()
        .setStock(
            StockLevel.newBuilder()
                .setStore("Oslo")
                .setSku("TEA-1")
                .setOnHand(7)
                .setReserved(3)
                .setAvailable(4))
        .setSafetyStock(2)
        .setReservable(2)
        .addHolds(
            Hold.newBuilder()
                .setReservationId(LONG_ID)
                .setQuantity(3)
                .setHolder("a holder of whom there is much to say")
                .setCreatedMillis(1_700_000_000_123L)
                .setExpiresMillis(1_700_000_900_123L))
        .build();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private CliRun run(String... more) {
    List<String> words =
        new ArrayList<>(List.of("explain", "Oslo", "TEA-1", "--movements", "0", "--endpoint"));
    words.add(cluster.address());
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  @Test
  void shouldBeginWithASentenceThatAddsUp() {
    List<String> lines = run().out().lines().toList();

    assertThat(lines.get(0)).isEqualTo("2 can be reserved: 7 on hand, 3 held, 2 safety stock.");
    assertThat(lines).contains("The item", "Who holds it");
  }

  @Test
  void shouldCutLongIdsUnlessAllIsWanted() {
    assertThat(run().out()).doesNotContain(LONG_ID).contains("reserv", "…");
    assertThat(run().out().lines().filter(line -> line.contains("reserv")))
        .allMatch(line -> line.length() <= 100)
        .anyMatch(line -> line.contains(" 2023-11-14T22:13"));
    assertThat(run("--wide").out()).contains(LONG_ID);
  }

  @Test
  void shouldTellTheKindOfEachRowOfJson() {
    assertThat(run("-o", "json").out().lines())
        .satisfiesExactly(
            item -> assertThat(item).startsWith("{\"kind\":\"item\",\"store\":\"Oslo\","),
            hold ->
                assertThat(hold).startsWith("{\"kind\":\"hold\",\"reservation_id\":\"" + LONG_ID));
  }
}
