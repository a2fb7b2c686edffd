package dev.holdfast.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Descriptors.EnumDescriptor;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.EventKind;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockLevel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers that the words of the domain are persisted with: they never change. */
final class PersistedNumbersTest {
  private static final String UNSPECIFIED = "_UNSPECIFIED";

  @ParameterizedTest
  @CsvSource({"RECEIVE, 1", "SALE, 2", "RETURN, 3", "WRITE_OFF, 4", "FOUND, 5", "RECOUNT, 6"})
  void shouldKeepTheNumbersOfReasons(AdjustmentReason reason, int number) {
    assertThat(reason.number()).isEqualTo(number);
    assertThat(AdjustmentReason.of(number)).isEqualTo(reason);
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
    assertThat(kind.number()).isEqualTo(number);
    assertThat(CommandKind.of(number)).isEqualTo(kind);
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
    assertThat(code.number()).isEqualTo(number);
    assertThat(RejectionCode.of(number)).isEqualTo(code);
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

  static Stream<Arguments> mirrored() {
    return Stream.of(
        mirrored(
            AdjustmentReason.values(),
            AdjustmentReason::number,
            AdjustmentReason::of,
            dev.holdfast.proto.log.v1.AdjustmentReason.getDescriptor()),
        mirrored(
            AdjustmentReason.values(),
            AdjustmentReason::number,
            AdjustmentReason::of,
            dev.holdfast.proto.inventory.v1.AdjustmentReason.getDescriptor()),
        mirrored(
            CommandKind.values(),
            CommandKind::number,
            CommandKind::of,
            dev.holdfast.proto.log.v1.CommandKind.getDescriptor()),
        mirrored(
            EventKind.values(),
            EventKind::number,
            EventKind::of,
            dev.holdfast.proto.log.v1.EventKind.getDescriptor()),
        mirrored(
            RejectionCode.values(),
            RejectionCode::number,
            RejectionCode::of,
            dev.holdfast.proto.log.v1.RejectionCode.getDescriptor()),
        mirrored(
            Reservation.State.values(),
            Reservation.State::number,
            Reservation.State::of,
            dev.holdfast.proto.log.v1.ReservationState.getDescriptor()),
        mirrored(
            StockLevel.State.values(),
            StockLevel.State::number,
            StockLevel.State::of,
            dev.holdfast.proto.log.v1.Level.State.getDescriptor()));
  }

  private static <E extends Enum<E>> Arguments mirrored(
      E[] constants, ToIntFunction<E> number, IntFunction<E> of, EnumDescriptor proto) {
    Map<String, Integer> domain = new HashMap<>();
    for (E constant : constants) {
      domain.put(constant.name(), number.applyAsInt(constant));
    }
    return arguments(domain, of, proto);
  }

  /** The same names with the same numbers, none missing on either side. */
  @ParameterizedTest
  @MethodSource("mirrored")
  void shouldHaveTheNamesAndNumbersOfTheFormat(
      Map<String, Integer> domain, IntFunction<? extends Enum<?>> of, EnumDescriptor proto) {
    Map<String, Integer> persisted = new HashMap<>();
    for (var value : proto.getValues()) {
      if (!value.getName().endsWith(UNSPECIFIED)) {
        persisted.put(value.getName().substring(prefix(proto).length()), value.getNumber());
      }
    }

    assertThat(domain).isEqualTo(persisted);
    domain.forEach((name, number) -> assertThat(of.apply(number).name()).isEqualTo(name));
  }

  @ParameterizedTest
  @MethodSource("mirrored")
  void shouldRefuseANumberThatIsNone(
      Map<String, Integer> domain, IntFunction<? extends Enum<?>> of, EnumDescriptor proto) {
    for (int number : new int[] {domain.containsValue(0) ? -2 : 0, -1, 99}) {
      assertThatThrownBy(() -> of.apply(number))
          .as(proto.getFullName())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("unknown ");
    }
  }

  /** The name of the type, as its constants begin. */
  private static String prefix(EnumDescriptor proto) {
    return proto.getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT) + "_";
  }
}
