package dev.holdfast.store.api.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.store.api.call.Fingerprint;
import dev.holdfast.store.api.call.HoldLimits;
import dev.holdfast.store.testing.Requests;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Receipts keep fingerprints: with another one, every retry across an upgrade would be refused. */
final class FingerprintTest {
  private static final CreateItemRequest CREATE =
      CreateItemRequest.newBuilder()
          .setStore("Zürich")
          .setSku("tea")
          .setInitialQuantity(5)
          .setReference("order 66")
          .build();
  private static final AdjustStockRequest ADJUST =
      AdjustStockRequest.newBuilder()
          .setStore("Zürich")
          .setSku("tea")
          .setDelta(-2)
          .setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE)
          .setExpectedVersion(7)
          .build();
  private static final ReserveRequest RESERVE =
      ReserveRequest.newBuilder()
          .setStore("Zürich")
          .addLines(ReservationLine.newBuilder().setSku("tea").setQuantity(2))
          .setReservationId("r-1")
          .build();
  private static final ConfirmReservationRequest CONFIRM =
      ConfirmReservationRequest.newBuilder().setStore("Zürich").setReservationId("r-1").build();
  private static final ReleaseReservationRequest RELEASE =
      ReleaseReservationRequest.newBuilder().setStore("Zürich").setReservationId("r-1").build();

  private final RequestMapper mapper =
      new RequestMapper(
          Requests.ALICE,
          new FieldRules(),
          new HoldLimits(Duration.ofHours(1), Duration.ofDays(30)),
          store -> 0);

  @Test
  void shouldNeverChange() {
    assertThat(Fingerprint.of(CommandKind.CREATE_ITEM, CREATE)).isEqualTo(9077585150875856339L);
    assertThat(Fingerprint.of(CommandKind.ADJUST_STOCK, ADJUST)).isEqualTo(1173754265028062002L);
    assertThat(Fingerprint.of(CommandKind.RESERVE, RESERVE)).isEqualTo(4650889287429021408L);
    assertThat(Fingerprint.of(CommandKind.CONFIRM_RESERVATION, CONFIRM))
        .isEqualTo(6687338505164574291L);
    assertThat(Fingerprint.of(CommandKind.RELEASE_RESERVATION, RELEASE))
        .isEqualTo(6687338505164574292L);
  }

  @Test
  void shouldKeepKindsOfEqualBytesApart() {
    Set<Long> fingerprints = new HashSet<>();

    for (CommandKind kind : CommandKind.values()) {
      fingerprints.add(Fingerprint.of(kind, CONFIRM));
    }

    assertThat(fingerprints).hasSize(CommandKind.values().length);
    assertThat(CONFIRM.toByteArray()).isEqualTo(RELEASE.toByteArray());
  }

  @Test
  void shouldNotDependOnTheKeyItself() {
    long one = mapper.map(CREATE.toBuilder().setIdempotencyKey("key-1").build()).fingerprint();
    long two = mapper.map(CREATE.toBuilder().setIdempotencyKey("key-2").build()).fingerprint();

    assertThat(one).isEqualTo(two).isEqualTo(Fingerprint.of(CommandKind.CREATE_ITEM, CREATE));
  }

  @Test
  void shouldDependOnEverythingElse() {
    CreateItemRequest.Builder keyed = CREATE.toBuilder().setIdempotencyKey("key-1");
    long fingerprint = mapper.map(keyed.build()).fingerprint();

    for (CreateItemRequest.Builder other :
        Arrays.asList(
            keyed.clone().setStore("berlin"),
            keyed.clone().setSku("cup"),
            keyed.clone().setInitialQuantity(6),
            keyed.clone().setReference(""))) {
      assertThat(mapper.map(other.build()).fingerprint()).isNotEqualTo(fingerprint);
    }
  }

  /** The id that the node makes differs between tries, the payload of the caller does not. */
  @Test
  void shouldNotDependOnAReservationIdThatTheNodeMade() {
    ReserveRequest request =
        RESERVE.toBuilder().clearReservationId().setIdempotencyKey("key-1").build();

    assertThat(mapper.map(request).fingerprint()).isEqualTo(mapper.map(request).fingerprint());
  }

  /** They say who may ask, not what is asked. */
  @Test
  void shouldNotDependOnFencingTokens() {
    AdjustStockRequest.Builder keyed = ADJUST.toBuilder().setIdempotencyKey("key-1");
    long fingerprint = mapper.map(keyed.build()).fingerprint();

    var request = mapper.map(keyed.addFencingTokens(17).addFencingTokens(18).build());

    assertThat(request.fingerprint()).isEqualTo(fingerprint);
    assertThat(request.fencingTokens()).containsExactly(17L, 18L);
  }

  @Test
  void shouldBeZeroWithoutAKey() {
    assertThat(mapper.map(CREATE).fingerprint()).isZero();
  }
}
