package dev.holdfast.store.state;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Lists transfers in byte order of (source store, id). */
public final class TransferScan {
  /** What an answer tells of a transfer, and of each line, beside its record. */
  private static final int MORE_BYTES = 160;

  private static final int MORE_BYTES_OF_LINE = 16;

  private final StateStore store;

  public TransferScan(StateStore store) {
    this.store = store;
  }

  /**
   * A transfer with its key.
   *
   * @param bytes about what it takes in an answer
   */
  public record Row(TransferKey key, Transfer transfer, int bytes) {}

  /**
   * Transfers behind a key, or from the start. The end of a page is a pair of store and id.
   *
   * @param onlyStore of one source, or null for all
   */
  public Page<Row> after(
      @Nullable TransferKey behind,
      @Nullable String onlyStore,
      Predicate<Transfer> wanted,
      PageBounds bounds) {
    byte[] prefix = onlyStore == null ? new byte[0] : StateKeys.storePrefix(onlyStore);
    byte[] from = behind == null ? prefix : StateKeys.of(behind);
    return store.read(
        db -> {
          try (RocksIterator all = db.db().newIterator(db.transfers)) {
            seekBehind(all, from);
            return page(all, prefix, wanted, new PageBuilder<>(bounds));
          } catch (RocksDBException e) {
            throw new StateFault("listing transfers failed: " + e.getMessage(), e);
          }
        });
  }

  private static void seekBehind(RocksIterator all, byte[] from) {
    all.seek(from);
    if (all.isValid() && Arrays.equals(all.key(), from)) {
      all.next();
    }
  }

  private static Page<Row> page(
      RocksIterator all, byte[] prefix, Predicate<Transfer> wanted, PageBuilder<Row> page)
      throws RocksDBException {
    while (all.isValid() && startsWith(all.key(), prefix)) {
      if (page.isSpent() || !take(all.key(), all.value(), wanted, page)) {
        return page.ended();
      }
      all.next();
    }
    all.status();
    return page.complete();
  }

  /** False when the page has no room for the row. */
  private static boolean take(
      byte[] key, byte[] value, Predicate<Transfer> wanted, PageBuilder<Row> page) {
    page.parsed(value.length);
    Transfer transfer = TransferRecords.transfer(value);
    StockKey place = StateKeys.stockKey(key);
    if (!wanted.test(transfer)) {
      page.skip(place);
      return true;
    }
    int bytes = value.length + MORE_BYTES + MORE_BYTES_OF_LINE * transfer.lines().size();
    return page.add(place, new Row(StateKeys.transferKey(key), transfer, bytes), bytes);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
