package dev.holdfast.store.api.stock;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.store.api.call.MappingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requests about one item's stock to commands. */
final class StockMapper {
  /** How far the clocks of callers may be ahead. */
  private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

  private static final Duration AGE_MAX = Duration.ofDays(365);

  private StockMapper() {}

  static Command.Mutation create(MappingContext context, CreateItemRequest request) {
    StockKey item = context.item(request.getStore(), request.getSku());
    context.rules().openingQuantity("initial_quantity", request.getInitialQuantity());
    return new Command.CreateItem(item, request.getInitialQuantity());
  }

  static Command.Mutation adjust(MappingContext context, AdjustStockRequest request) {
    FieldRules rules = context.rules();
    StockKey item = context.item(request.getStore(), request.getSku());
    AdjustmentReason reason = reason(request.getReason());
    rules.reason("reason", reason);
    rules.delta("delta", request.getDelta(), reason);
    if (request.getRecordShortfall() && request.getDelta() >= 0) {
      rules.violate(
          "record_shortfall", "must be false when nothing is taken: delta is not negative");
    }
    long version = context.version(request.hasExpectedVersion(), request.getExpectedVersion());
    AdjustmentReason known = reason == null ? AdjustmentReason.RECOUNT : reason;
    return new Command.AdjustStock(
        item, request.getDelta(), known, version, request.getRecordShortfall());
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

  static Command.Mutation count(MappingContext context, CountStockRequest request) {
    if (context.inBatch()) {
      checkInBatch(context.rules(), request);
    }
    StockKey item = context.item(request.getStore(), request.getSku());
    context.rules().openingQuantity("counted", request.getCounted());
    long version = context.version(request.hasExpectedVersion(), request.getExpectedVersion());
    long millis = CountStock.NOW;
    if (request.hasCountedAtMillis()) {
      millis = request.getCountedAtMillis();
      checkPast(context, millis, context.logMillis().applyAsLong(item.store()));
    }
    return new CountStock(item, request.getCounted(), version, millis, null);
  }

  /** A timestamp of over a year ago is probably 0 or in seconds. */
  private static void checkPast(MappingContext context, long millis, long now) {
    String field = "counted_at_millis";
    if (millis > now + AHEAD_MAX.toMillis()) {
      context.rules().violate(field, "must not be in the future, was " + millis + "; it is " + now);
    } else if (millis < now - AGE_MAX.toMillis()) {
      context
          .rules()
          .violate(field, "must not be more than a year ago, was " + millis + "; it is " + now);
    }
  }

  /** In a batch nothing is looked up for a count, so it is of now or of a version. */
  private static void checkInBatch(FieldRules rules, CountStockRequest request) {
    if (request.hasCountedAtMillis() && !request.hasExpectedVersion()) {
      rules.violate("counted_at_millis", "must not be set in a batch without expected_version");
    }
  }
}
