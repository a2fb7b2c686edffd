package dev.holdfast.cli.drill.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Kind;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.imports.RealNode;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drill against a real store node that has other stores and callers, too. */
final class DrillIT {
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final String OTHER = "warehouse";

  private final List<String> lines = new ArrayList<>();

  @TempDir private Path directory;

  @Test
  void shouldFindNothingWrongWithRealNodeAndLeaveNothingBehind() throws Exception {
    try (RealNode node = new RealNode(directory);
        HoldfastClient other = HoldfastClient.connect(List.of(node.address()))) {
      Await.answer(
          other.createItem(
              CreateItemRequest.newBuilder()
                  .setStore(OTHER)
                  .setSku("bolt")
                  .setInitialQuantity(1_000)
                  .build()));
      DrillPlan plan = new DrillPlan(List.of(node.address()), true, 1, 6, 2, TIME);
      DrillResult result =
          new Drill(plan, this::say)
              .run(
                  timeline -> {
                    Timeline.Running sales = timeline.begin("somebody sells");
                    sell(other, 200);
                    sales.close();
                  });

      assertThat(result.findings()).isEmpty();
      assertThat(answeredKinds(result.history()))
          .as("kinds of calls that some answer accepts; chance leaves out a few")
          .hasSizeGreaterThan(Kind.values().length - 7);
      assertThat(result.operations()).isGreaterThan(result.history().size());
      assertThat(result.phases())
          .extracting(Timeline.Phase::name)
          .containsExactly("somebody sells");
      assertThat(result.log().partitions()).hasSize(2);
      assertThat(stores(other)).as(lines.toString()).containsExactly(OTHER);
    }
  }

  private synchronized void say(String line) {
    lines.add(line);
  }

  private static void sell(HoldfastClient client, int often) {
    for (int i = 0; i < often; i++) {
      AdjustStockRequest sale =
          AdjustStockRequest.newBuilder()
              .setStore(OTHER)
              .setSku("bolt")
              .setDelta(-1)
              .setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE)
              .build();
      Await.answer(client.adjustStock(sale));
    }
  }

  private static Set<String> stores(HoldfastClient client) {
    return Await.answer(client.listStock(ListStockRequest.getDefaultInstance()))
        .getStockList()
        .stream()
        .map(StockLevel::getStore)
        .collect(Collectors.toSet());
  }

  private static Set<Kind> answeredKinds(History history) {
    return history.calls().stream()
        .filter(call -> call.outcome() instanceof Outcome.Answered)
        .map(Call::kind)
        .collect(Collectors.toSet());
  }
}
