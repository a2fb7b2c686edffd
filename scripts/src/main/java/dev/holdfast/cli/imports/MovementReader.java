package dev.holdfast.cli.imports;

import dev.holdfast.cli.imports.Layout.Field;
import dev.holdfast.cli.imports.file.ReadingOptions;
import dev.holdfast.cli.imports.file.Records;
import dev.holdfast.cli.imports.file.Row;
import dev.holdfast.cli.imports.file.SourceFile;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.limits.FieldViolation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads movements from a file with a header. */
final class MovementReader implements MovementSource {
  private final Records records;
  private final Layout.Positions positions;
  private final int columns;
  private final LineKeys keys;
  private long line;
  private List<String> cells = List.of();

  /** Reads the header. */
  MovementReader(SourceFile file, ReadingOptions reading, Layout layout, LineKeys keys)
      throws IOException {
    records = Records.open(file, reading, layout::fits);
    this.keys = keys;
    columns = records.header().size();
    positions = layout.positions(records.header());
  }

  List<String> header() {
    return records.header();
  }

  @Override
  public long line() {
    return line;
  }

  /** The cells of the last record. */
  List<String> cells() {
    return cells;
  }

  @Override
  public @Nullable FileMovement next() throws IOException, MalformedLineException {
    Row row = records.next();
    if (row == null) {
      return null;
    }
    line = row.line();
    cells = row.cells();
    return movement();
  }

  private FileMovement movement() throws MalformedLineException {
    if (cells.size() != columns) {
      throw new MalformedLineException(
          "has %d columns, the header has %d".formatted(cells.size(), columns));
    }
    MovementKind kind = MovementKind.parse(positions.text(Field.op, cells));
    StockKey item =
        new StockKey(positions.text(Field.store, cells), positions.text(Field.sku, cells));
    checkIds(item);
    String quantity = positions.text(Field.qty, cells);
    long units = Cells.units(quantity, positions.label(Field.qty));
    String reference = positions.text(Field.reference, cells);
    check(kind, units, reference);
    String key = keys.next(kind, item, units, reference);
    return new FileMovement(line, kind, item, key, 0, kind.command(item, units, reference, key));
  }

  /** Checks the ids first, since in many exports a row without a SKU has no quantity either. */
  private void checkIds(StockKey item) throws MalformedLineException {
    FieldRules rules = new FieldRules();
    rules.id(positions.label(Field.store), item.store());
    rules.id(positions.label(Field.sku), item.sku());
    require(rules);
  }

  private void check(MovementKind kind, long units, String reference)
      throws MalformedLineException {
    FieldRules rules = new FieldRules();
    rules.reference(positions.label(Field.reference), reference);
    kind.check(rules, positions.label(Field.qty), units);
    require(rules);
  }

  private static void require(FieldRules rules) throws MalformedLineException {
    if (!rules.isValid()) {
      FieldViolation first = rules.violations().get(0);
      throw new MalformedLineException(first.field() + ": " + first.description());
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
