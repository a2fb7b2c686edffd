package dev.holdfast.store.state.db;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** The memory that all databases of a node share: one block cache and one budget for memtables. */
public final class RocksMemory implements AutoCloseable {
  static {
    RocksDB.loadLibrary();
  }

  private final Cache blockCache;
  private final WriteBufferManager memtables;

  public RocksMemory(long blockCacheBytes, long memtableBytes) {
    this.blockCache = new LRUCache(blockCacheBytes);
    this.memtables = new WriteBufferManager(memtableBytes, blockCache);
  }

  Cache blockCache() {
    return blockCache;
  }

  WriteBufferManager memtables() {
    return memtables;
  }

  @Override
  public void close() {
    memtables.close();
    blockCache.close();
  }
}
