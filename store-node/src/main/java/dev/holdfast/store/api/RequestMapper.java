package dev.holdfast.store.api;

import com.google.protobuf.MessageLite;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Requests to commands. Violations go into the rules, one instance a call; what is returned counts
 * only when the rules found none.
 */
final class RequestMapper {
  /** Clocks of callers may be ahead by so much. */
  private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

  private static final Duration AGE_MAX = Duration.ofDays(365);

  private final Origin origin;
  private final FieldRules rules;
  private final ReservationMapper reservations;
  private final ToLongFunction<String> logMillis;

  /**
   * @param logMillis the log time of the partition that a store is in
   */
  RequestMapper(
      Origin origin, FieldRules rules, HoldLimits limits, ToLongFunction<String> logMillis) {
    this.logMillis = logMillis;
    this.origin = origin;
    this.rules = rules;
    this.reservations = new ReservationMapper(rules, limits);
  }

  FieldRules rules() {
    return rules;
  }

  CommandRequest map(CreateItemRequest request) {
    StockKey item = item(request.getStore(), request.getSku());
    rules.openingQuantity("initial_quantity", request.getInitialQuantity());
    return request(
        new Command.CreateItem(item, request.getInitialQuantity()),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(AdjustStockRequest request) {
    StockKey item = item(request.getStore(), request.getSku());
    AdjustmentReason reason = reason(request.getReason());
    rules.reason("reason", reason);
    rules.delta("delta", request.getDelta(), reason);
    if (request.getRecordShortfall() && request.getDelta() >= 0) {
      rules.violate(
          "record_shortfall", "must be false when nothing is taken: delta is not negative");
    }
    long version = version(request.hasExpectedVersion(), request.getExpectedVersion());
    AdjustmentReason known = reason == null ? AdjustmentReason.RECOUNT : reason;
    return request(
        new Command.AdjustStock(
            item, request.getDelta(), known, version, request.getRecordShortfall()),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(ReserveRequest request) {
    return request(
        reservations.map(request),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(ConfirmReservationRequest request) {
    return request(
        reservations.map(request),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(ReleaseReservationRequest request) {
    return request(
        reservations.map(request),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(ExtendReservationRequest request) {
    return request(
        reservations.map(request),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(ReplaceReservationRequest request) {
    return request(
        reservations.map(request),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(CountStockRequest request) {
    StockKey item = item(request.getStore(), request.getSku());
    rules.openingQuantity("counted", request.getCounted());
    long version = version(request.hasExpectedVersion(), request.getExpectedVersion());
    long millis = CountStock.NOW;
    if (request.hasCountedAtMillis()) {
      millis = request.getCountedAtMillis();
      pastMoment("counted_at_millis", millis, logMillis.applyAsLong(item.store()));
    }
    return request(
        new CountStock(item, request.getCounted(), version, millis, null),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  /** What is older than a year is no time at all, but zero or seconds. */
  private void pastMoment(String field, long millis, long now) {
    if (millis > now + AHEAD_MAX.toMillis()) {
      rules.violate(field, "must not be in the future, was " + millis + "; it is " + now);
    } else if (millis < now - AGE_MAX.toMillis()) {
      rules.violate(field, "must not be more than a year ago, was " + millis + "; it is " + now);
    }
  }

  /** In a batch nothing can be looked up for a count, so it is of now or of a version. */
  private CommandRequest mapOfBatch(CountStockRequest request) {
    if (request.hasCountedAtMillis() && !request.hasExpectedVersion()) {
      rules.violate("counted_at_millis", "must not be set in a batch without expected_version");
    }
    return map(request);
  }

  /** A command of a batch; null, with a violation, when it is empty. */
  @Nullable CommandRequest map(dev.holdfast.proto.inventory.v1.Command command) {
    return switch (command.getOperationCase()) {
      case CREATE_ITEM -> map(command.getCreateItem());
      case ADJUST_STOCK -> map(command.getAdjustStock());
      case RESERVE -> map(command.getReserve());
      case CONFIRM_RESERVATION -> map(command.getConfirmReservation());
      case RELEASE_RESERVATION -> map(command.getReleaseReservation());
      case COUNT_STOCK -> mapOfBatch(command.getCountStock());
      case EXTEND_RESERVATION -> map(command.getExtendReservation());
      case REPLACE_RESERVATION -> map(command.getReplaceReservation());
      case OPERATION_NOT_SET -> {
        rules.violate("operation", "must be set");
        yield null;
      }
    };
  }

  /** The tokens are no part of the payload that a key stands for; see CommandRequest. */
  CommandRequest request(
      Command.Mutation command,
      String key,
      String reference,
      List<Long> tokens,
      Supplier<MessageLite> withoutKey) {
    rules.idempotencyKey("idempotency_key", key);
    rules.reference("reference", reference);
    rules.fencingTokens("fencing_tokens", tokens);
    long fingerprint = key.isEmpty() ? 0 : Fingerprint.of(command.kind(), withoutKey.get());
    return new CommandRequest(command, origin, reference, key, fingerprint, tokens);
  }

  StockKey item(String store, String sku) {
    rules.id("store", store);
    rules.id("sku", sku);
    return new StockKey(store, sku);
  }

  long version(boolean given, long version) {
    if (!given) {
      return Command.ANY_VERSION;
    }
    rules.expectedVersion("expected_version", version);
    return version;
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
