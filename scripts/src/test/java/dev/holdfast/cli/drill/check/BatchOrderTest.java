package dev.holdfast.cli.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchOrderTest {
  private static final AdjustStockRequest TEA = adjust("east", "tea");

  @Test
  void shouldFindACommandThatOvertookOneOnItsItem() {
    assertThat(check(part(TEA, 5), part(TEA, 4)))
        .extracting(Finding::breach)
        .containsExactly(Breach.REORDERED);
    assertThat(check(part(TEA, 4), part(TEA, 5))).isEmpty();
  }

  /** One that is LOCKED is sent again, while others are decided. */
  @Test
  void shouldLetCommandsOnOtherItemsOvertake() {
    assertThat(check(part(TEA, 5), part(adjust("east", "ice"), 4))).isEmpty();
    assertThat(check(part(TEA, 5), part(adjust("west", "tea"), 4))).isEmpty();
  }

  /** Nobody holds it back. */
  @Test
  void shouldLetCommandsWithTokensOvertake() {
    AdjustStockRequest holder = TEA.toBuilder().addFencingTokens(3).build();

    assertThat(check(part(TEA, 5), part(holder, 4))).isEmpty();
  }

  private static List<Finding> check(Call... parts) {
    Findings findings = new Findings();
    BatchOrder order = new BatchOrder(findings);
    for (Call part : parts) {
      order.add(part);
    }
    return findings.all();
  }

  private static Call part(AdjustStockRequest request, long sequence) {
    Accepted accepted =
        Accepted.newBuilder().setPosition(Position.newBuilder().setSequence(sequence)).build();
    return new Call(1, 0, 10, request, new Outcome.Answered(accepted));
  }

  private static AdjustStockRequest adjust(String store, String sku) {
    return AdjustStockRequest.newBuilder().setStore(store).setSku(sku).setDelta(1).build();
  }
}
