package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.ingest.RecordRun;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A run of view records. Exports come by store and SKU, the view is kept by SKU and store: of one
 * store they come in the view's order, of many they are sorted.
 */
final class ViewRun implements RecordRun {
  /** Of some 80 bytes each. Large, as every run of many stores is one more table to look into. */
  private static final int RECORDS_MAX = 200_000;

  private static final Comparator<TableFiles.Entry> BY_KEY =
      (one, other) -> Arrays.compareUnsigned(one.key(), other.key());

  private final TableFiles files;
  private final List<TableFiles.Entry> entries = new ArrayList<>();

  ViewRun(TableFiles files) {
    this.files = files;
  }

  @Override
  public void add(StockKey item, StockLevel level) {
    entries.add(new TableFiles.Entry(ViewKeys.item(item), ViewRecordCodec.encode(level)));
  }

  @Override
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public boolean isFull() {
    return entries.size() >= RECORDS_MAX;
  }

  /** Sorting what is sorted already costs one comparison a record. */
  @Override
  public Path write() {
    entries.sort(BY_KEY);
    Path file = files.write(Family.VIEW, entries);
    entries.clear();
    return file;
  }
}
