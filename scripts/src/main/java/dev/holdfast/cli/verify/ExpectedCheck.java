package dev.holdfast.cli.verify;

import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.imports.file.ReadingOptions;
import dev.holdfast.cli.imports.file.Records;
import dev.holdfast.cli.imports.file.Row;
import dev.holdfast.cli.imports.file.SourceFile;
import dev.holdfast.cli.imports.file.UnreadableFileException;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the stores with a file of expected quantities. */
final class ExpectedCheck {
  private static final List<String> COLUMNS = List.of("store", "sku", "expected_final");

  private final Map<StockKey, Long> expected;
  private final ShownDifferences differences;
  private long compared;

  private ExpectedCheck(Map<StockKey, Long> expected, ShownDifferences differences) {
    this.expected = expected;
    this.differences = differences;
  }

  /** Reads a file with the columns store, sku and expected_final; see {@link Records}. */
  static ExpectedCheck read(Path file, ShownDifferences differences) throws IOException {
    Map<StockKey, Long> expected = new HashMap<>();
    try (SourceFile source = SourceFile.open(file);
        Records rows =
            Records.open(source, ReadingOptions.USUAL, header -> header.containsAll(COLUMNS))) {
      if (!rows.header().containsAll(COLUMNS)) {
        throw new UsageException(
            "--expected: " + file + " needs the columns " + COLUMNS + ", has " + rows.header());
      }
      List<Integer> at = COLUMNS.stream().map(rows.header()::indexOf).toList();
      for (Row row = rows.next(); row != null; row = rows.next()) {
        put(expected, row, at);
      }
    } catch (UnreadableFileException e) {
      throw new UsageException("--expected: " + e.getMessage());
    }
    return new ExpectedCheck(expected, differences);
  }

  private static void put(Map<StockKey, Long> expected, Row row, List<Integer> at) {
    List<String> cells = row.cells();
    if (cells.size() <= Collections.max(at)) {
      throw new UsageException("--expected: line " + row.line() + " lacks columns");
    }
    StockKey item = new StockKey(cells.get(at.get(0)), cells.get(at.get(1)));
    String units = cells.get(at.get(2));
    try {
      if (expected.put(item, Long.valueOf(units)) != null) {
        throw new UsageException("--expected: line " + row.line() + " repeats an item");
      }
    } catch (NumberFormatException e) {
      throw new UsageException(
          "--expected: line "
              + row.line()
              + ": expected_final is not a number, was '"
              + units
              + "'");
    }
  }

  void compare(StockLevel level) {
    StockKey item = new StockKey(level.getStore(), level.getSku());
    Long wanted = expected.remove(item);
    compared++;
    if (wanted == null) {
      differ(item, "not expected", level.getOnHand() + " on hand");
    } else if (wanted != level.getOnHand()) {
      differ(item, wanted + " expected", level.getOnHand() + " on hand");
    }
  }

  Check finish() {
    expected.forEach((item, wanted) -> differ(item, wanted + " expected", "not there"));
    return new Check("stores = expected", compared + expected.size(), differences.count());
  }

  private void differ(StockKey item, String one, String other) {
    differences.add("store '" + item.store() + "', SKU '" + item.sku() + "'", one, other);
  }
}
