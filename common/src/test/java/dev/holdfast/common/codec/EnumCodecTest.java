package dev.holdfast.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.RejectionCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers are in logs: a row here never changes, new ones come at the end. */
final class EnumCodecTest {
  private static final int NOT_OF_THE_DOMAIN = 2; // UNSPECIFIED and UNRECOGNIZED

  @ParameterizedTest
  @CsvSource({"RECEIVE, 1", "SALE, 2", "RETURN, 3", "WRITE_OFF, 4", "FOUND, 5", "RECOUNT, 6"})
  void shouldKeepTheNumbersOfReasons(AdjustmentReason reason, int number) {
    var proto = dev.holdfast.proto.log.v1.AdjustmentReason.forNumber(number);

    assertThat(EnumCodec.toProto(reason)).isEqualTo(proto);
    assertThat(EnumCodec.fromProto(proto)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE_ITEM, 1",
    "ADJUST_STOCK, 2",
    "RESERVE, 3",
    "CONFIRM_RESERVATION, 4",
    "RELEASE_RESERVATION, 5",
    "EXTEND_RESERVATION, 6",
    "REPLACE_RESERVATION, 7",
    "EXPIRE_RESERVATION, 8",
    "SET_SAFETY_STOCK, 10",
    "SET_ITEM_FROZEN, 11",
    "DELETE_ITEM, 12",
    "SET_STORE_FROZEN, 13",
    "COUNT_STOCK, 14",
    "SUBMIT_ORDER, 15",
    "ACQUIRE_LEASE, 16",
    "RENEW_LEASE, 17",
    "RELEASE_LEASE, 18",
    "SHIP_TRANSFER, 20",
    "RECEIVE_TRANSFER, 21",
    "CANCEL_TRANSFER, 22",
    "CREDIT_TRANSFER, 23",
    "SETTLE_HANDOVER, 24"
  })
  void shouldKeepTheNumbersOfCommands(CommandKind kind, int number) {
    var proto = dev.holdfast.proto.log.v1.CommandKind.forNumber(number);

    assertThat(EnumCodec.toProto(kind)).isEqualTo(proto);
    assertThat(EnumCodec.fromProto(proto)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "ITEM_NOT_FOUND, 1",
    "RESERVATION_NOT_FOUND, 2",
    "ITEM_EXISTS, 3",
    "RESERVATION_EXISTS, 4",
    "VERSION_CONFLICT, 5",
    "INSUFFICIENT_STOCK, 6",
    "QUANTITY_LIMIT, 7",
    "RESERVATION_CLOSED, 8",
    "RESERVATION_EXPIRED, 9",
    "NOT_HELD, 10",
    "LIFETIME_LIMIT, 11",
    "ITEM_FROZEN, 16",
    "STORE_FROZEN, 17",
    "NOT_EMPTY, 18",
    "COUNT_BELOW_RESERVED, 19",
    "COUNT_OVERTAKEN, 20",
    "LOCKED, 21",
    "STALE_TOKEN, 22",
    "TOO_MANY_LEASES, 23",
    "ORDER_TOO_LARGE, 24",
    "TRANSFER_NOT_FOUND, 26",
    "TRANSFER_EXISTS, 27",
    "TRANSFER_CLOSED, 28",
    "DESTINATION_NOT_FOUND, 29",
    "NOT_OUTSTANDING, 30",
    "HANDOVER_OUT_OF_ORDER, 31",
    "NOT_DUE, 32"
  })
  void shouldKeepTheNumbersOfRejections(RejectionCode code, int number) {
    var proto = dev.holdfast.proto.log.v1.RejectionCode.forNumber(number);

    assertThat(EnumCodec.toProto(code)).isEqualTo(proto);
    assertThat(EnumCodec.fromProto(proto)).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(AdjustmentReason.class)
  void shouldMirrorTheReasonsOfTheApi(AdjustmentReason reason) {
    String name = "ADJUSTMENT_REASON_" + reason.name();

    assertThat(dev.holdfast.proto.log.v1.AdjustmentReason.valueOf(name).getNumber())
        .isEqualTo(dev.holdfast.proto.inventory.v1.AdjustmentReason.valueOf(name).getNumber());
  }

  /** Not every command can stand in a batch. */
  @Test
  void shouldNameTheOperationsOfABatchAsTheCommands() {
    assertThat(dev.holdfast.proto.inventory.v1.Command.OperationCase.values())
        .filteredOn(operation -> operation.getNumber() != 0)
        .extracting(Enum::name)
        .isSubsetOf(Arrays.stream(CommandKind.values()).map(Enum::name).toList());
  }

  @Test
  void shouldHaveADomainWordForEveryNumber() {
    assertThat(AdjustmentReason.values())
        .hasSize(dev.holdfast.proto.log.v1.AdjustmentReason.values().length - NOT_OF_THE_DOMAIN)
        .hasSize(
            dev.holdfast.proto.inventory.v1.AdjustmentReason.values().length - NOT_OF_THE_DOMAIN);
    assertThat(CommandKind.values())
        .hasSize(dev.holdfast.proto.log.v1.CommandKind.values().length - NOT_OF_THE_DOMAIN);
    assertThat(RejectionCode.values())
        .hasSize(dev.holdfast.proto.log.v1.RejectionCode.values().length - NOT_OF_THE_DOMAIN);
  }
}
