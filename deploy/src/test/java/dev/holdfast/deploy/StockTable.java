package dev.holdfast.deploy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Quantities by key, read from what the command line prints or a file expects. */
record StockTable(Map<String, Long> quantities) {
  private static final int DIFFERENCES_MAX = 20;

  /** On hand by store and SKU, of {@code stock list --all -o csv}. */
  static StockTable ofStores(String csv) {
    return read(csv, StockTable::storeAndSku, "on_hand");
  }

  /** On hand by SKU, of {@code global list --all -o csv}. */
  static StockTable ofGlobalView(String csv) {
    return read(csv, row -> row.getField("sku"), "on_hand");
  }

  /** What an import must lead to, by store and SKU. */
  static StockTable expected(String csv) {
    return read(csv, StockTable::storeAndSku, "expected_final");
  }

  /** The sums over all stores of {@code stock list --all -o csv}, by SKU. */
  static StockTable sumsOfStores(String csv) {
    return new StockTable(
        rows(csv).stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getField("sku"),
                    TreeMap::new,
                    Collectors.summingLong(row -> number(row, "on_hand")))));
  }

  private static StockTable read(String csv, Function<NamedCsvRecord, String> key, String column) {
    Map<String, Long> quantities = new TreeMap<>();
    for (NamedCsvRecord row : rows(csv)) {
      if (quantities.put(key.apply(row), number(row, column)) != null) {
        throw new AssertionError(key.apply(row) + " is there twice");
      }
    }
    return new StockTable(quantities);
  }

  private static List<NamedCsvRecord> rows(String csv) {
    return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
  }

  private static String storeAndSku(NamedCsvRecord row) {
    return row.getField("store") + " | " + row.getField("sku");
  }

  private static long number(NamedCsvRecord row, String column) {
    return Long.parseLong(row.getField(column));
  }

  /** The first keys that differ, with both quantities: of use to a reader, unlike two long maps. */
  List<String> differencesFrom(StockTable expected) {
    TreeSet<String> keys = new TreeSet<>(quantities.keySet());
    keys.addAll(expected.quantities.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      @Nullable Long is = quantities.get(key);
      @Nullable Long wanted = expected.quantities.get(key);
      if (!Objects.equals(is, wanted) && differences.size() < DIFFERENCES_MAX) {
        differences.add("%s: %s instead of %s".formatted(key, is, wanted));
      }
    }
    return differences;
  }

  int size() {
    return quantities.size();
  }
}
