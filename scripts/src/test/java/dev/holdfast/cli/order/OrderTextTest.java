package dev.holdfast.cli.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.UsageException;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderTextTest {
  @Test
  void shouldReadAnAdjustmentOfASkuWithColons() {
    OrderOperation operation = OrderText.parse("adjust:tea:green:-2:write-off");

    assertThat(operation.getAdjustStock().getSku()).isEqualTo("tea:green");
    assertThat(operation.getAdjustStock().getDelta()).isEqualTo(-2);
    assertThat(operation.getAdjustStock().getReason())
        .isEqualTo(AdjustmentReason.ADJUSTMENT_REASON_WRITE_OFF);
  }

  @Test
  void shouldReadTheLinesOfAReservation() {
    OrderOperation operation = OrderText.parse("reserve:cart-1:tea=2,a=b=3");

    assertThat(operation.getReserve().getReservationId()).isEqualTo("cart-1");
    assertThat(operation.getReserve().getLinesList())
        .extracting(line -> line.getSku() + " " + line.getQuantity())
        .containsExactly("tea 2", "a=b 3");
  }

  @Test
  void shouldReadWhatEndsAReservation() {
    assertThat(OrderText.parse("confirm:c:1").getConfirmReservation().getReservationId())
        .isEqualTo("c:1");
    assertThat(OrderText.parse("release:c").getReleaseReservation().getReservationId())
        .isEqualTo("c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sell:tea", "adjust:tea", "adjust:tea:x:sale", "reserve:r", "tea"})
  void shouldNameWhatIsNoOperation(String text) {
    assertThatThrownBy(() -> OrderText.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'" + text + "' is no operation");
  }

  @Test
  void shouldReadAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("order.json");
    Files.writeString(
        file,
        """
        {"operations": [
          {"adjust_stock": {"sku": "tea", "delta": -2, "reason": "ADJUSTMENT_REASON_SALE"}},
          {"confirm_reservation": {"reservation_id": "cart-1"}}]}
        """);
    SubmitOrderRequest.Builder order = SubmitOrderRequest.newBuilder();

    OrderFile.read(file.toString(), order);

    assertThat(order.getOperationsCount()).isEqualTo(2);
    assertThat(order.getOperations(0).getAdjustStock().getDelta()).isEqualTo(-2);
  }

  @Test
  void shouldNameAFileThatHoldsNoOrder(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("order.json"), "{\"operation\": 1}");

    assertThatThrownBy(() -> OrderFile.read(file.toString(), SubmitOrderRequest.newBuilder()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is no order");
  }
}
