package dev.holdfast.cli.imports;

import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.imports.Layout.Field;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads movements from a text with a header line. */
final class MovementReader {
  private static final char NOT_UTF8 = '\uFFFD';

  private final Lines lines;
  private final Fields fields;
  private final Layout layout;
  private final Layout.Positions positions;
  private final String keyPrefix;

  /**
   * Reads the header line.
   *
   * @param keyPrefix of the idempotency keys, which end in the number of the line
   */
  MovementReader(InputStream content, Layout layout, String keyPrefix) throws IOException {
    lines = new Lines(content);
    fields = new Fields(layout.delimiter());
    this.layout = layout;
    this.keyPrefix = keyPrefix;
    positions = layout.positions(header());
  }

  /** Number of the line that was read last. */
  long line() {
    return lines.number();
  }

  /** The next movement; null at the end. After a malformed line, reading goes on behind it. */
  @Nullable Movement next() throws IOException, MalformedLineException {
    String line = lines.next();
    while (line != null && line.isEmpty()) {
      line = lines.next();
    }
    return line == null ? null : movement(line);
  }

  private List<String> header() throws IOException {
    String line = lines.next();
    try {
      return fields.of(line == null ? "" : line);
    } catch (MalformedLineException e) {
      throw new UsageException("line 1, the names of the columns: " + e.getMessage());
    }
  }

  private Movement movement(String line) throws MalformedLineException {
    if (line.length() > Lines.CHARS_MAX) {
      throw new MalformedLineException("longer than " + Lines.CHARS_MAX + " characters");
    }
    if (line.indexOf(NOT_UTF8) >= 0) {
      throw new MalformedLineException("not UTF-8");
    }
    List<String> texts = fields.of(line);
    MovementKind kind = kind(texts);
    StockKey item =
        new StockKey(positions.text(Field.store, texts), positions.text(Field.sku, texts));
    long quantity = quantity(positions.text(Field.qty, texts));
    String reference = positions.text(Field.reference, texts);
    check(kind, item, quantity, reference);
    return new Movement(lines.number(), kind, item, command(kind, item, quantity, reference));
  }

  private MovementKind kind(List<String> texts) throws MalformedLineException {
    MovementKind fixed = layout.kind();
    return fixed == null ? MovementKind.parse(positions.text(Field.op, texts)) : fixed;
  }

  private static long quantity(String text) throws MalformedLineException {
    try {
      return Long.parseLong(text.trim());
    } catch (NumberFormatException e) {
      throw new MalformedLineException("qty: must be a whole number, was '" + text + "'");
    }
  }

  private static void check(MovementKind kind, StockKey item, long quantity, String reference)
      throws MalformedLineException {
    FieldRules rules = new FieldRules();
    rules.id("store", item.store());
    rules.id("sku", item.sku());
    rules.reference("reference", reference);
    AdjustmentReason reason = kind.reason();
    if (reason == null) {
      rules.openingQuantity("qty", quantity);
    } else if (kind.isSigned()) {
      rules.delta("qty", quantity, reason);
    } else {
      rules.lineQuantity("qty", quantity);
    }
    if (!rules.isValid()) {
      FieldViolation first = rules.violations().get(0);
      throw new MalformedLineException(first.field() + ": " + first.description());
    }
  }

  private Command command(MovementKind kind, StockKey item, long quantity, String reference) {
    AdjustmentReason reason = kind.reason();
    Command.Builder command = Command.newBuilder();
    if (reason == null) {
      return command.setCreateItem(creation(item, quantity, reference)).build();
    }
    long delta = reason.sign() < 0 ? -quantity : quantity;
    return command
        .setAdjustStock(
            AdjustStockRequest.newBuilder()
                .setStore(item.store())
                .setSku(item.sku())
                .setDelta(delta)
                .setReason(onWire(reason))
                .setIdempotencyKey(key())
                .setReference(reference))
        .build();
  }

  private CreateItemRequest creation(StockKey item, long quantity, String reference) {
    return CreateItemRequest.newBuilder()
        .setStore(item.store())
        .setSku(item.sku())
        .setInitialQuantity(quantity)
        .setIdempotencyKey(key())
        .setReference(reference)
        .build();
  }

  /** Of fixed width, so that keys sort like the lines. */
  private String key() {
    String digits = Long.toString(lines.number());
    return keyPrefix + "0".repeat(Math.max(0, 10 - digits.length())) + digits;
  }

  private static dev.holdfast.proto.inventory.v1.AdjustmentReason onWire(AdjustmentReason reason) {
    return switch (reason) {
      case RECEIVE -> dev.holdfast.proto.inventory.v1.AdjustmentReason.ADJUSTMENT_REASON_RECEIVE;
      case SALE -> dev.holdfast.proto.inventory.v1.AdjustmentReason.ADJUSTMENT_REASON_SALE;
      case RETURN -> dev.holdfast.proto.inventory.v1.AdjustmentReason.ADJUSTMENT_REASON_RETURN;
      case WRITE_OFF ->
          dev.holdfast.proto.inventory.v1.AdjustmentReason.ADJUSTMENT_REASON_WRITE_OFF;
      case FOUND -> dev.holdfast.proto.inventory.v1.AdjustmentReason.ADJUSTMENT_REASON_FOUND;
      case RECOUNT -> dev.holdfast.proto.inventory.v1.AdjustmentReason.ADJUSTMENT_REASON_RECOUNT;
    };
  }
}
