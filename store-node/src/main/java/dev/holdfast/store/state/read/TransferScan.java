package dev.holdfast.store.state.read;

import dev.holdfast.common.access.Stores;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.StateKeys;
import dev.holdfast.store.state.db.StateRecords;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists transfers in byte order of (source store, id). */
public final class TransferScan {
  /** What an answer tells of a transfer, and of each line, beside its record. */
  private static final int MORE_BYTES = 160;

  private static final int MORE_BYTES_OF_LINE = 16;

  private final StateReads state;
  private final Stores visible;

  /**
   * @param visible the stores whose transfers are listed, as their source
   */
  public TransferScan(StateReads state, Stores visible) {
    this.state = state;
    this.visible = visible;
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
    return state.read(
        db -> {
          try (var all = db.table(Family.TRANSFERS).scanPrefix(prefix, db.latest())) {
            all.seekBehind(from);
            PageBuilder<Row> page = new PageBuilder<>(bounds);
            return page.over(
                all,
                StoreRanges.of(visible),
                row -> take(row.keyBytes(), row.valueBytes(), wanted, page));
          }
        });
  }

  /** False when the page has no room for the row. */
  private static boolean take(
      byte[] key, byte[] value, Predicate<Transfer> wanted, PageBuilder<Row> page) {
    page.parsed(value.length);
    Transfer transfer = StateRecords.TRANSFER.decode(value);
    StockKey place = StateKeys.stockKey(key);
    if (!wanted.test(transfer)) {
      page.skip(place);
      return true;
    }
    int bytes = value.length + MORE_BYTES + MORE_BYTES_OF_LINE * transfer.lines().size();
    return page.add(place, new Row(StateKeys.transferKey(key), transfer, bytes), bytes);
  }
}
