package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.ingest.SyncFlag;
import org.rocksdb.RocksDBException;

/** The flag in the meta record. */
final class StoredSyncFlag implements SyncFlag {
  private final Uses uses;
  private final DataDirectoryOwner owner;

  StoredSyncFlag(Uses uses, DataDirectoryOwner owner) {
    this.uses = uses;
    this.owner = owner;
  }

  @Override
  public boolean isStopped() {
    return uses.during(this::stored);
  }

  private boolean stored() {
    try {
      return owner.isSyncStopped();
    } catch (RocksDBException | DataDirectoryException e) {
      throw new StorageException("cannot read whether sync is stopped", e);
    }
  }

  @Override
  public void set(boolean stopped) {
    uses.during(() -> store(stopped));
  }

  private void store(boolean stopped) {
    try {
      owner.setSyncStopped(stopped);
    } catch (RocksDBException | DataDirectoryException e) {
      throw new StorageException("cannot store whether sync is stopped", e);
    }
  }
}
