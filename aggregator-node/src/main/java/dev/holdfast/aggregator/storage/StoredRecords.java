package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.deadletter.ChangeCounts;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/** Reads single records, as they are now or as of a snapshot. */
record StoredRecords(ViewDatabase database, ReadOptions read) implements ViewRecords {
  private byte @Nullable [] get(Family family, byte[] key) {
    return database.get(family, read, key);
  }

  @Override
  public @Nullable StockLevel level(StockKey item) {
    byte[] bytes = get(Family.VIEW, ViewKeys.item(item));
    return bytes == null ? null : ViewRecordCodec.level(bytes);
  }

  @Override
  public @Nullable SkuTotal total(String sku) {
    byte[] bytes = get(Family.TOTALS, ViewKeys.sku(sku));
    return bytes == null ? null : ViewRecordCodec.total(bytes);
  }

  @Override
  public UnmetDemand demand(String sku) {
    byte[] bytes = get(Family.DEMAND, ViewKeys.sku(sku));
    return bytes == null ? UnmetDemand.NONE : ViewRecordCodec.demand(bytes);
  }

  ViewCursor cursor(int partition) {
    byte[] bytes = get(Family.CURSORS, ViewKeys.partition(partition));
    return bytes == null ? ViewCursor.START : ViewRecordCodec.cursor(bytes);
  }

  HistorySince historySince(int partition) {
    byte[] bytes = get(Family.HISTORY, ViewKeys.partition(partition));
    return bytes == null ? HistorySince.BEGINNING : MovementCodec.since(bytes);
  }

  /** Changes of a SKU that are parked. */
  long parked(String sku) {
    byte[] bytes = get(Family.PARKED, ViewKeys.sku(sku));
    return bytes == null ? 0 : LetterRecordCodec.parked(bytes);
  }

  ChangeCounts counts(int partition) {
    byte[] bytes = get(Family.CHANGES, ViewKeys.partition(partition));
    return bytes == null ? ChangeCounts.NONE : LetterRecordCodec.counts(bytes);
  }

  /** Adds levels, totals, demand, frozen stores and cursors of an update to a write. */
  static void fill(FamilyWrite write, ViewUpdate update) {
    update.levels().forEach((item, level) -> put(write, item, level));
    update
        .totals()
        .forEach(
            (sku, total) ->
                write.put(Family.TOTALS, ViewKeys.sku(sku), ViewRecordCodec.encode(total)));
    update
        .demand()
        .forEach(
            (sku, demand) ->
                write.put(Family.DEMAND, ViewKeys.sku(sku), ViewRecordCodec.encode(demand)));
    update.frozenStores().forEach((partition, stores) -> FrozenTable.put(write, partition, stores));
    update.cursors().forEach((partition, cursor) -> put(write, partition, cursor));
  }

  static void put(FamilyWrite write, StockKey item, StockLevel level) {
    write.put(Family.VIEW, ViewKeys.item(item), ViewRecordCodec.encode(level));
  }

  static void put(FamilyWrite write, int partition, ViewCursor cursor) {
    write.put(Family.CURSORS, ViewKeys.partition(partition), ViewRecordCodec.encode(cursor));
  }
}
