package dev.holdfast.store.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.ListStoresResponse;
import dev.holdfast.proto.inventory.v1.OperationResult;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.Store;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import org.junit.jupiter.api.Test;

/**
 * Answers that are bounded by how many things were asked for: the most of them, each as large as it
 * can be, is what a caller takes by default.
 */
final class LargestAnswersTest {
  /** gRPC's own, in every language. */
  private static final int MESSAGE_BYTES_MAX = 4 << 20;

  private static final int CHANGES_OF_AN_ORDER_MAX = 10_000;
  private static final String NAME = "ä".repeat(FieldRules.ID_BYTES_MAX / 2);
  private static final Position POSITION =
      Position.newBuilder().setPartition(63).setSequence(Long.MAX_VALUE).build();

  private static dev.holdfast.proto.inventory.v1.StockLevel level() {
    long most = StockLevel.QUANTITY_MAX;
    StockLevel level = new StockLevel(most, 1, Long.MAX_VALUE, -most, 1, StockLevel.State.ACTIVE);
    return LevelAnswer.read(new StockKey(NAME, NAME), level, false).toBuilder()
        .setReserved(most)
        .setSafetyStock(most)
        .setFrozen(true)
        .setStoreFrozen(true)
        .build();
  }

  @Test
  void shouldFitAsManyItemsAsMayBeAskedFor() {
    BatchGetStockResponse.Builder items = BatchGetStockResponse.newBuilder();
    ListStockResponse.Builder page = ListStockResponse.newBuilder().setNextPageToken(token());
    for (int i = 0; i < FieldRules.BATCH_MAX; i++) {
      items.addStock(level());
      page.addStock(level());
    }
    for (int partition = 0; partition < 64; partition++) {
      items.addAsOf(POSITION);
    }

    assertThat(items.build().getSerializedSize()).isBetween(3_000_000, MESSAGE_BYTES_MAX);
    assertThat(page.build().getSerializedSize()).isBetween(3_000_000, MESSAGE_BYTES_MAX);
  }

  private static String token() {
    return PageToken.of(new StockKey(NAME, NAME));
  }

  @Test
  void shouldFitAsManyChangesAsAnOrderMayHave() {
    SubmitOrderResponse.Builder order = SubmitOrderResponse.newBuilder().setPosition(POSITION);
    int lines = CHANGES_OF_AN_ORDER_MAX / FieldRules.OPERATIONS_MAX;
    for (int i = 0; i < FieldRules.OPERATIONS_MAX; i++) {
      OperationResult.Builder result = order.addResultsBuilder().setReservationId("r".repeat(64));
      for (int line = 0; line < lines; line++) {
        result.addStock(level());
      }
    }

    assertThat(order.build().getSerializedSize()).isBetween(3_000_000, MESSAGE_BYTES_MAX);
  }

  @Test
  void shouldFitAReservationAndAPageOfStores() {
    ReserveResponse.Builder reserved = ReserveResponse.newBuilder().setPosition(POSITION);
    for (int i = 0; i < FieldRules.LINES_MAX; i++) {
      reserved.addStock(level()).addShortfallsBuilder().setSku(NAME).setRequested(1L << 39);
    }
    ListStoresResponse.Builder stores = ListStoresResponse.newBuilder().setNextPageToken(token());
    for (int i = 0; i < FieldRules.PAGE_SIZE_MAX; i++) {
      stores.addStores(Store.newBuilder().setStore(NAME).setFrozen(true).setPartition(63));
    }

    assertThat(reserved.build().getSerializedSize()).isLessThan(MESSAGE_BYTES_MAX);
    assertThat(stores.build().getSerializedSize()).isLessThan(MESSAGE_BYTES_MAX);
  }
}
