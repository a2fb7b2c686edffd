package dev.holdfast.cli.verify;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.holdfast.cli.UsageException;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Compares the stores with a file that says where they must have got to. */
final class ExpectedCheck {
  private final Map<StockKey, Long> expected;
  private final Differences differences;
  private long compared;

  private ExpectedCheck(Map<StockKey, Long> expected, Differences differences) {
    this.expected = expected;
    this.differences = differences;
  }

  /** Reads a file with the columns store, sku and expected_final, plain or gzip. */
  static ExpectedCheck read(Path file, Differences differences) throws IOException {
    Map<StockKey, Long> expected = new HashMap<>();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(content)) {
      for (NamedCsvRecord row : rows) {
        StockKey item = new StockKey(row.getField("store"), row.getField("sku"));
        expected.put(item, Long.valueOf(row.getField("expected_final")));
      }
    } catch (NumberFormatException e) {
      throw new UsageException("--expected: a quantity is no number: " + e.getMessage());
    }
    return new ExpectedCheck(expected, differences);
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
