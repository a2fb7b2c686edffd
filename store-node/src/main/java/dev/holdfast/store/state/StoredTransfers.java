package dev.holdfast.store.state;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.TransferState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The applied state of transfers. For any thread. */
public final class StoredTransfers implements TransferState {
  private final StateStore store;

  StoredTransfers(StateStore store) {
    this.store = store;
  }

  @Override
  public @Nullable Transfer transfer(TransferKey key) {
    byte[] value = store.read(db -> db.get(db.transfers, StateKeys.of(key)));
    return value == null ? null : TransferRecords.transfer(value);
  }

  @Override
  public @Nullable Handover handover(HandoverKey key) {
    byte[] value = store.read(db -> db.get(db.handovers, StateKeys.of(key)));
    return value == null ? null : TransferRecords.handover(value);
  }

  @Override
  public OutboundChannel outbound(int destinationPartition) {
    byte[] key = StateKeys.ofOutbound(destinationPartition);
    return TransferRecords.outbound(store.read(db -> db.get(db.channels, key)));
  }

  @Override
  public InboundChannel inbound(int sourcePartition) {
    byte[] key = StateKeys.ofInbound(sourcePartition);
    return TransferRecords.inbound(store.read(db -> db.get(db.channels, key)));
  }

  /** A transfer with its key. */
  public record Row(TransferKey key, Transfer transfer) {}

  /**
   * Transfers behind a key, or from the start, in byte order of (source store, id).
   *
   * @param onlyStore of one source, or null for all
   */
  public List<Row> after(
      @Nullable TransferKey behind,
      @Nullable String onlyStore,
      BiPredicate<TransferKey, Transfer> wanted,
      int limit) {
    byte[] prefix = onlyStore == null ? new byte[0] : StateKeys.storePrefix(onlyStore);
    byte[] from = behind == null ? prefix : StateKeys.of(behind);
    return store.read(
        db -> {
          try (RocksIterator all = db.db().newIterator(db.transfers)) {
            return rows(all, from, prefix, wanted, limit);
          } catch (RocksDBException e) {
            throw new StateFault("listing transfers failed: " + e.getMessage(), e);
          }
        });
  }

  private static List<Row> rows(
      RocksIterator all,
      byte[] from,
      byte[] prefix,
      BiPredicate<TransferKey, Transfer> wanted,
      int limit)
      throws RocksDBException {
    List<Row> rows = new ArrayList<>();
    all.seek(from);
    while (all.isValid() && rows.size() < limit && startsWith(all.key(), prefix)) {
      byte[] key = all.key();
      Row row = new Row(StateKeys.transferKey(key), TransferRecords.transfer(all.value()));
      if (!Arrays.equals(key, from) && wanted.test(row.key(), row.transfer())) {
        rows.add(row);
      }
      all.next();
    }
    all.status();
    return rows;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
