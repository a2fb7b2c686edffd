package dev.holdfast.store.api;

import com.google.protobuf.MessageLite;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to commands. Violations go into the rules, one instance a call; what is returned counts
 * only when the rules found none.
 */
final class RequestMapper {
  private final Origin origin;
  private final FieldRules rules;

  RequestMapper(Origin origin, FieldRules rules) {
    this.origin = origin;
    this.rules = rules;
  }

  CommandRequest map(CreateItemRequest request) {
    StockKey item = item(request.getStore(), request.getSku());
    rules.openingQuantity("initial_quantity", request.getInitialQuantity());
    return request(
        new Command.CreateItem(item, request.getInitialQuantity()),
        request.getIdempotencyKey(),
        request.getReference(),
        () -> request.toBuilder().clearIdempotencyKey().build());
  }

  CommandRequest map(AdjustStockRequest request) {
    StockKey item = item(request.getStore(), request.getSku());
    AdjustmentReason reason = reason(request.getReason());
    rules.reason("reason", reason);
    rules.delta("delta", request.getDelta(), reason);
    long version = version(request.hasExpectedVersion(), request.getExpectedVersion());
    AdjustmentReason known = reason == null ? AdjustmentReason.RECOUNT : reason;
    return request(
        new Command.AdjustStock(item, request.getDelta(), known, version),
        request.getIdempotencyKey(),
        request.getReference(),
        () -> request.toBuilder().clearIdempotencyKey().build());
  }

  CommandRequest map(ReserveRequest request) {
    rules.id("store", request.getStore());
    rules.optionalReservationId("reservation_id", request.getReservationId());
    rules.lines("lines", request.getLinesCount(), i -> request.getLines(i).getSku());
    String id = request.getReservationId().isEmpty() ? newId() : request.getReservationId();
    ReservationKey reservation = new ReservationKey(request.getStore(), id);
    return request(
        new Command.ReserveStock(reservation, lines(request.getLinesList())),
        request.getIdempotencyKey(),
        request.getReference(),
        () -> request.toBuilder().clearIdempotencyKey().build());
  }

  CommandRequest map(ConfirmReservationRequest request) {
    return request(
        new Command.ConfirmReservation(reservation(request.getStore(), request.getReservationId())),
        request.getIdempotencyKey(),
        request.getReference(),
        () -> request.toBuilder().clearIdempotencyKey().build());
  }

  CommandRequest map(ReleaseReservationRequest request) {
    return request(
        new Command.ReleaseReservation(reservation(request.getStore(), request.getReservationId())),
        request.getIdempotencyKey(),
        request.getReference(),
        () -> request.toBuilder().clearIdempotencyKey().build());
  }

  /** A command of a batch; null, with a violation, when it is empty. */
  @Nullable CommandRequest map(dev.holdfast.proto.inventory.v1.Command command) {
    return switch (command.getOperationCase()) {
      case CREATE_ITEM -> map(command.getCreateItem());
      case ADJUST_STOCK -> map(command.getAdjustStock());
      case RESERVE -> map(command.getReserve());
      case CONFIRM_RESERVATION -> map(command.getConfirmReservation());
      case RELEASE_RESERVATION -> map(command.getReleaseReservation());
      case OPERATION_NOT_SET -> {
        rules.violate("operation", "must be set");
        yield null;
      }
    };
  }

  private CommandRequest request(
      Command.Mutation command, String key, String reference, Supplier<MessageLite> withoutKey) {
    rules.idempotencyKey("idempotency_key", key);
    rules.reference("reference", reference);
    long fingerprint = key.isEmpty() ? 0 : Fingerprint.of(command.kind(), withoutKey.get());
    return new CommandRequest(command, origin, reference, key, fingerprint);
  }

  private StockKey item(String store, String sku) {
    rules.id("store", store);
    rules.id("sku", sku);
    return new StockKey(store, sku);
  }

  private ReservationKey reservation(String store, String id) {
    rules.id("store", store);
    rules.reservationId("reservation_id", id);
    return new ReservationKey(store, id);
  }

  private long version(boolean given, long version) {
    if (!given) {
      return Command.ANY_VERSION;
    }
    rules.expectedVersion("expected_version", version);
    return version;
  }

  private List<Command.ReserveLine> lines(List<ReservationLine> protos) {
    List<Command.ReserveLine> lines = new ArrayList<>(protos.size());
    for (int i = 0; i < Math.min(protos.size(), FieldRules.LINES_MAX); i++) {
      ReservationLine line = protos.get(i);
      rules.enter("lines", i);
      rules.id("sku", line.getSku());
      rules.lineQuantity("quantity", line.getQuantity());
      long version = version(line.hasExpectedVersion(), line.getExpectedVersion());
      rules.leave();
      lines.add(new Command.ReserveLine(line.getSku(), line.getQuantity(), version));
    }
    return lines;
  }

  /** Chance enters here, before the command is decided. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static @Nullable AdjustmentReason reason(
      dev.holdfast.proto.inventory.v1.AdjustmentReason reason) {
    return switch (reason) {
      case ADJUSTMENT_REASON_RECEIVE -> AdjustmentReason.RECEIVE;
      case ADJUSTMENT_REASON_SALE -> AdjustmentReason.SALE;
      case ADJUSTMENT_REASON_RETURN -> AdjustmentReason.RETURN;
      case ADJUSTMENT_REASON_WRITE_OFF -> AdjustmentReason.WRITE_OFF;
      case ADJUSTMENT_REASON_FOUND -> AdjustmentReason.FOUND;
      case ADJUSTMENT_REASON_RECOUNT -> AdjustmentReason.RECOUNT;
      case ADJUSTMENT_REASON_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }
}
