package dev.holdfast.cli.imports;

import com.google.common.collect.Maps;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of lines, by the word in the operation column. To add one, add a constant with its
 * field rule and its command.
 */
enum MovementKind {
  CREATE(null),
  COUNT(null),
  RECEIVE(AdjustmentReason.RECEIVE),
  SALE(AdjustmentReason.SALE),
  /** A sale that has happened already: units that the books lack are recorded as a shortfall. */
  SOLD(AdjustmentReason.SALE),
  RETURN(AdjustmentReason.RETURN),
  WRITE_OFF(AdjustmentReason.WRITE_OFF),
  FOUND(AdjustmentReason.FOUND),
  RECOUNT(AdjustmentReason.RECOUNT);

  private static final Map<String, MovementKind> BY_WORD =
      Maps.uniqueIndex(List.of(values()), MovementKind::name);

  private final @Nullable AdjustmentReason reason;

  MovementKind(@Nullable AdjustmentReason reason) {
    this.reason = reason;
  }

  static MovementKind parse(String word) throws MalformedLineException {
    MovementKind kind = BY_WORD.get(word);
    if (kind == null) {
      kind = BY_WORD.get(word.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
    if (kind == null) {
      throw new MalformedLineException(
          "op: must be one of " + words() + ", was '" + Cells.shown(word) + "'");
    }
    return kind;
  }

  /** All kinds, as typed. */
  static String words() {
    return Arrays.stream(values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(", "));
  }

  /** Checks a quantity: without a sign, except for a recount. */
  void check(FieldRules rules, String field, long quantity) {
    if (reason == null) {
      rules.openingQuantity(field, quantity);
    } else if (this == RECOUNT) {
      rules.delta(field, quantity, reason);
    } else {
      rules.lineQuantity(field, quantity);
    }
  }

  Command command(StockKey item, long quantity, String reference, String key) {
    return switch (this) {
      case CREATE ->
          Command.newBuilder()
              .setCreateItem(
                  CreateItemRequest.newBuilder()
                      .setStore(item.store())
                      .setSku(item.sku())
                      .setInitialQuantity(quantity)
                      .setReference(reference)
                      .setIdempotencyKey(key))
              .build();
      case COUNT ->
          Command.newBuilder()
              .setCountStock(
                  CountStockRequest.newBuilder()
                      .setStore(item.store())
                      .setSku(item.sku())
                      .setCounted(quantity)
                      .setReference(reference)
                      .setIdempotencyKey(key))
              .build();
      case RECEIVE, RETURN, FOUND, RECOUNT -> adjustment(item, quantity, reference, key);
      case SALE, WRITE_OFF -> adjustment(item, -quantity, reference, key);
      case SOLD -> happened(adjustment(item, -quantity, reference, key));
    };
  }

  private Command adjustment(StockKey item, long delta, String reference, String key) {
    return Command.newBuilder()
        .setAdjustStock(
            AdjustStockRequest.newBuilder()
                .setStore(item.store())
                .setSku(item.sku())
                .setDelta(delta)
                .setReasonValue(onWire())
                .setReference(reference)
                .setIdempotencyKey(key))
        .build();
  }

  private static Command happened(Command adjustment) {
    Command.Builder changed = adjustment.toBuilder();
    changed.getAdjustStockBuilder().setRecordShortfall(true);
    return changed.build();
  }

  /** The same command under another key. */
  static Command withKey(Command command, String key) {
    Command.Builder changed = command.toBuilder();
    switch (command.getOperationCase()) {
      case CREATE_ITEM -> changed.getCreateItemBuilder().setIdempotencyKey(key);
      case COUNT_STOCK -> changed.getCountStockBuilder().setIdempotencyKey(key);
      case ADJUST_STOCK -> changed.getAdjustStockBuilder().setIdempotencyKey(key);
      default -> throw new IllegalArgumentException("not imported: " + command);
    }
    return changed.build();
  }

  private int onWire() {
    String name = Objects.requireNonNull(reason, "not an adjustment").name();
    return dev.holdfast.proto.inventory.v1.AdjustmentReason.valueOf("ADJUSTMENT_REASON_" + name)
        .getNumber();
  }
}
