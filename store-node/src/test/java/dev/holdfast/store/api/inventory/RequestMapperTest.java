package dev.holdfast.store.api.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReserveMode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.HeldQuantity;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.store.api.call.HoldLimits;
import dev.holdfast.store.testing.Requests;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RequestMapperTest {
  private static final long MAX = 1_000_000_000_000L;
  private static final String LONG = "x".repeat(129);
  private static final long NOW = 1_700_000_000_000L;
  private static final long YEAR = 365L * 24 * 3_600_000;

  private final FieldRules rules = new FieldRules();
  private final RequestMapper mapper =
      new RequestMapper(
          Requests.ALICE,
          rules,
          new HoldLimits(Duration.ofHours(1), Duration.ofDays(1)),
          store -> NOW);

  static Stream<Arguments> malformed() {
    return Stream.of(
        row(create().clearStore(), "store"),
        row(create().clearSku(), "sku"),
        row(create().setStore("a\tb"), "store"),
        row(create().setSku("é".repeat(65)), "sku"),
        row(create().setInitialQuantity(-1), "initial_quantity"),
        row(create().setInitialQuantity(MAX + 1), "initial_quantity"),
        row(create().setIdempotencyKey("ключ"), "idempotency_key"),
        row(create().setIdempotencyKey(LONG), "idempotency_key"),
        row(create().setReference(LONG), "reference"),
        row(CreateItemRequest.newBuilder().setInitialQuantity(-1), "store,sku,initial_quantity"),
        row(adjust().setDelta(0), "delta"),
        row(adjust().setDelta(-1), "delta"), // the reason says that goods came in
        row(adjust().setDelta(MAX + 1), "delta"),
        row(adjust().setDelta(Long.MIN_VALUE), "delta"),
        row(adjust().clearReason(), "reason"),
        row(adjust().setReasonValue(99), "reason"),
        row(adjust().setExpectedVersion(0), "expected_version"),
        row(adjust().setExpectedVersion(-1), "expected_version"),
        row(AdjustStockRequest.newBuilder(), "store,sku,reason,delta"),
        row(reserve().clearLines(), "lines"),
        row(reserve().setReservationId("ключ"), "reservation_id"),
        row(reserve().addLines(line("tea").setExpectedVersion(3)), "lines[1].expected_version"),
        row(reserve().setTtlMillis(-1), "ttl_millis"),
        row(reserve().setTtlMillis(24 * 3_600_000 + 1), "ttl_millis"),
        row(reserve().setHolder(LONG), "holder"),
        row(reserve().setModeValue(7), "mode"),
        row(confirm().addLines(quantity("tea", 0)), "lines[0].quantity"),
        row(confirm().addLines(quantity("", 1)), "lines[0].sku"),
        row(confirm().addAllLines(Collections.nCopies(1_001, quantity("tea", 1))), "lines"),
        row(confirm().setExpectedVersion(0), "expected_version"),
        row(release().addLines(quantity("tea", MAX + 1)), "lines[0].quantity"),
        row(
            ExtendReservationRequest.newBuilder().setTtlMillis(-1),
            "store,reservation_id,ttl_millis"),
        row(ReplaceReservationRequest.newBuilder(), "store,reservation_id,lines"),
        row(reserve().addLines(line("cup").setQuantity(0)), "lines[1].quantity"),
        row(reserve().addLines(line("cup").setQuantity(MAX + 1)), "lines[1].quantity"),
        row(reserve().addLines(line("cup").setExpectedVersion(0)), "lines[1].expected_version"),
        row(reserve().addLines(line("")), "lines[1].sku"),
        row(reserve().addAllLines(lines(1_000)), "lines"),
        row(counted().setCountedAtMillis(NOW + 60_001), "counted_at_millis"),
        row(counted().setCountedAtMillis(NOW - YEAR - 1), "counted_at_millis"),
        row(counted().setCountedAtMillis(0), "counted_at_millis"),
        row(counted().setCountedAtMillis(Long.MAX_VALUE), "counted_at_millis"),
        row(counted().clearExpectedVersion().setCountedAtMillis(NOW), "counted_at_millis"),
        row(ConfirmReservationRequest.newBuilder(), "store,reservation_id"),
        row(ReleaseReservationRequest.newBuilder().setStore("s"), "reservation_id"),
        row(
            ReleaseReservationRequest.newBuilder().setStore("s").setReservationId("a\nb"),
            "reservation_id"));
  }

  private static Arguments row(Object request, String fields) {
    return arguments(command(request), List.of(fields.split(",")));
  }

  /** The same rules hold for single calls and in a batch, since both go through this mapping. */
  private static Command command(Object request) {
    Command.Builder command = Command.newBuilder();
    if (request instanceof CreateItemRequest.Builder create) {
      command.setCreateItem(create);
    } else if (request instanceof AdjustStockRequest.Builder adjust) {
      command.setAdjustStock(adjust);
    } else if (request instanceof ReserveRequest.Builder reserve) {
      command.setReserve(reserve);
    } else if (request instanceof ConfirmReservationRequest.Builder confirm) {
      command.setConfirmReservation(confirm);
    } else if (request instanceof ReleaseReservationRequest.Builder release) {
      command.setReleaseReservation(release);
    } else if (request instanceof ExtendReservationRequest.Builder extend) {
      command.setExtendReservation(extend);
    } else if (request instanceof ReplaceReservationRequest.Builder replace) {
      command.setReplaceReservation(replace);
    } else if (request instanceof CountStockRequest.Builder count) {
      command.setCountStock(count);
    }
    return command.build();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void shouldNameTheMalformedFields(Command command, List<String> fields) {
    mapper.map(command);

    assertThat(rules.violations())
        .extracting(FieldViolation::field)
        .containsExactlyInAnyOrderElementsOf(fields);
  }

  @Test
  void shouldNameTheOperationThatIsMissing() {
    rules.enter("commands", 3);

    assertThat(mapper.map(Command.getDefaultInstance())).isNull();

    assertThat(rules.violations())
        .extracting(FieldViolation::field)
        .containsExactly("commands[3].operation");
  }

  @Test
  void shouldTakeEverythingAtItsBounds() {
    mapper.map(create().setStore("é".repeat(32)).setInitialQuantity(MAX).build());
    mapper.map(create().setInitialQuantity(0).setReference("x".repeat(128)).build());
    mapper.map(adjust().setDelta(MAX).setExpectedVersion(Long.MAX_VALUE).build());
    mapper.map(reserve().addAllLines(lines(999)).setIdempotencyKey("k".repeat(128)).build());

    mapper.map(counted().setCountedAtMillis(NOW + 60_000).build());
    mapper.map(counted().setCountedAtMillis(NOW - YEAR).build());

    assertThat(rules.violations()).isEmpty();
  }

  @Test
  void shouldMapACreation() {
    CommandRequest request =
        mapper.map(create().setIdempotencyKey("key-1").setReference("order 66").build());

    assertThat(request.command()).isEqualTo(Requests.createItem("berlin", "tea", 5));
    assertThat(request.origin()).isEqualTo(Requests.ALICE);
    assertThat(request.idempotencyKey()).isEqualTo("key-1");
    assertThat(request.reference()).isEqualTo("order 66");
  }

  @Test
  void shouldMapAnAdjustment() {
    var expected =
        new dev.holdfast.common.domain.Command.AdjustStock(
            new StockKey("berlin", "tea"), 3, AdjustmentReason.RECEIVE, 4, false);

    assertThat(mapper.map(adjust().setExpectedVersion(4).build()).command()).isEqualTo(expected);
  }

  @Test
  void shouldMapNoVersionToAnyVersion() {
    var command = (dev.holdfast.common.domain.Command.AdjustStock) map(adjust());

    assertThat(command.expectedVersion()).isEqualTo(dev.holdfast.common.domain.Command.ANY_VERSION);
  }

  @Test
  void shouldMapAReservationWithItsLinesInOrder() {
    var lines = List.of(line("cup").setExpectedVersion(9).build(), line("pot").build());

    assertThat(map(reserve().setReservationId("r-1").addAllLines(lines)))
        .isEqualTo(
            Requests.reserve(
                "berlin",
                "r-1",
                Requests.line("tea", 2),
                Requests.line("cup", 2, 9),
                Requests.line("pot", 2)));
  }

  @Test
  void shouldAddLinesOfTheSameSkuUp() {
    var more = List.of(line("cup").build(), line("tea").setQuantity(5).build());

    assertThat(map(reserve().setReservationId("r-1").addAllLines(more)))
        .isEqualTo(
            Requests.reserve("berlin", "r-1", Requests.line("tea", 7), Requests.line("cup", 2)));
    assertThat(map(confirm().addLines(quantity("tea", 1)).addLines(quantity("tea", 2))))
        .isEqualTo(Requests.confirm("berlin", "r-1", false, new HeldLine("tea", 3)));
  }

  @Test
  void shouldMapHowLongAndForWhomAReservationIs() {
    var plain = (dev.holdfast.common.domain.Command.ReserveStock) map(reserve());
    var own =
        (dev.holdfast.common.domain.Command.ReserveStock)
            map(
                reserve()
                    .setTtlMillis(5)
                    .setHolder("basket 9")
                    .setMode(dev.holdfast.proto.inventory.v1.ReserveMode.RESERVE_MODE_UP_TO));

    assertThat(plain.terms()).isEqualTo(Requests.TERMS);
    assertThat(plain.mode()).isEqualTo(ReserveMode.ALL_OR_NOTHING);
    assertThat(own.terms().ttlMillis()).isEqualTo(5);
    assertThat(own.terms().lifeMillisMax()).isEqualTo(24 * 3_600_000);
    assertThat(own.terms().holder()).isEqualTo("basket 9");
    assertThat(own.mode()).isEqualTo(ReserveMode.UP_TO);
  }

  @Test
  void shouldMapExtensionsAndReplacements() {
    ReservationKey key = new ReservationKey("berlin", "r-1");

    assertThat(
            map(
                ExtendReservationRequest.newBuilder()
                    .setStore("berlin")
                    .setReservationId("r-1")
                    .setExpectedVersion(4)))
        .isEqualTo(new dev.holdfast.common.domain.Command.ExtendReservation(key, 3_600_000, 4));
    assertThat(
            map(
                ReplaceReservationRequest.newBuilder()
                    .setStore("berlin")
                    .setReservationId("r-1")
                    .addLines(line("tea"))))
        .isEqualTo(Requests.replace("berlin", "r-1", Requests.line("tea", 2)));
  }

  @Test
  void shouldMakeAReservationIdWhenThereIsNone() {
    var first = (dev.holdfast.common.domain.Command.ReserveStock) map(reserve());
    var second = (dev.holdfast.common.domain.Command.ReserveStock) map(reserve());

    assertThat(first.reservation().reservationId()).hasSize(36);
    assertThat(first.reservation()).isNotEqualTo(second.reservation());
  }

  @Test
  void shouldMapConfirmationsAndReleases() {
    assertThat(
            map(ConfirmReservationRequest.newBuilder().setStore("berlin").setReservationId("r-1")))
        .isEqualTo(Requests.confirm("berlin", "r-1"));
    assertThat(
            map(ReleaseReservationRequest.newBuilder().setStore("berlin").setReservationId("r-1")))
        .isEqualTo(Requests.release("berlin", "r-1"));
  }

  @ParameterizedTest
  @EnumSource(AdjustmentReason.class)
  void shouldMapEveryReason(AdjustmentReason reason) {
    var proto =
        dev.holdfast.proto.inventory.v1.AdjustmentReason.valueOf(
            "ADJUSTMENT_REASON_" + reason.name());

    var command = (dev.holdfast.common.domain.Command.AdjustStock) map(adjust().setReason(proto));

    assertThat(command.reason()).isEqualTo(reason);
  }

  private dev.holdfast.common.domain.Command map(Object request) {
    return Objects.requireNonNull(mapper.map(command(request))).command();
  }

  private static CountStockRequest.Builder counted() {
    return CountStockRequest.newBuilder()
        .setStore("berlin")
        .setSku("tea")
        .setCounted(5)
        .setExpectedVersion(3);
  }

  private static CreateItemRequest.Builder create() {
    return CreateItemRequest.newBuilder().setStore("berlin").setSku("tea").setInitialQuantity(5);
  }

  private static AdjustStockRequest.Builder adjust() {
    return AdjustStockRequest.newBuilder()
        .setStore("berlin")
        .setSku("tea")
        .setDelta(3)
        .setReason(dev.holdfast.proto.inventory.v1.AdjustmentReason.ADJUSTMENT_REASON_RECEIVE);
  }

  private static ConfirmReservationRequest.Builder confirm() {
    return ConfirmReservationRequest.newBuilder().setStore("berlin").setReservationId("r-1");
  }

  private static ReleaseReservationRequest.Builder release() {
    return ReleaseReservationRequest.newBuilder().setStore("berlin").setReservationId("r-1");
  }

  private static HeldQuantity quantity(String sku, long units) {
    return HeldQuantity.newBuilder().setSku(sku).setQuantity(units).build();
  }

  private static ReserveRequest.Builder reserve() {
    return ReserveRequest.newBuilder().setStore("berlin").addLines(line("tea"));
  }

  private static ReservationLine.Builder line(String sku) {
    return ReservationLine.newBuilder().setSku(sku).setQuantity(2);
  }

  private static List<ReservationLine> lines(int count) {
    return Stream.iterate(1, i -> i + 1).limit(count).map(i -> line("sku-" + i).build()).toList();
  }
}
