package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/** Writes into the data directory of an aggregator that is not running. */
public final class Tampering {
  private Tampering() {}

  public static void change(Path directory, StockKey item, StockLevel level)
      throws RocksDBException {
    try (ViewDatabase database = new ViewDatabase(directory, null)) {
      database
          .db()
          .put(database.handle(Family.VIEW), ViewKeys.item(item), ViewRecordCodec.encode(level));
    }
  }

  public static void change(Path directory, String sku, SkuTotal total) throws RocksDBException {
    try (ViewDatabase database = new ViewDatabase(directory, null)) {
      database
          .db()
          .put(database.handle(Family.TOTALS), ViewKeys.sku(sku), ViewRecordCodec.encode(total));
    }
  }

  /** Leaves a record that cannot be read. */
  public static void spoil(Path directory, StockKey item) throws RocksDBException {
    try (ViewDatabase database = new ViewDatabase(directory, null)) {
      database.db().put(database.handle(Family.VIEW), ViewKeys.item(item), new byte[] {1});
    }
  }
}
