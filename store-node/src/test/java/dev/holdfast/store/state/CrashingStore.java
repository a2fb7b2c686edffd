package dev.holdfast.store.state;

import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.testing.MemoryReplica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** A store that can lose everything that is not on its disk yet. */
public final class CrashingStore implements AutoCloseable {
  private final TestStores stores;
  private int lives;
  private StateStore store;

  /**
   * @param root an empty directory, or none yet
   */
  public CrashingStore(Path root) {
    this.stores = new TestStores(root);
    this.store = stores.open(name());
  }

  private String name() {
    return "life-" + lives;
  }

  public StateStore store() {
    return store;
  }

  /** Brings everything that is applied to the disk. */
  public void flush() {
    TestStores.flush(store);
  }

  /**
   * The process dies, and starts again with what is on its disk.
   *
   * @param flushed whether all that was written got there just before
   */
  public void crash(boolean flushed) {
    String before = name();
    lives++;
    try {
      boolean quiet =
          store.read(
              db -> {
                if (flushed) {
                  db.flush();
                }
                return stores.crashQuietly(db, before, name());
              });
      if (!quiet) {
        throw new AssertionError("no copy of " + before);
      }
    } catch (StateFault closed) { // an install did not come to its end: nothing is in memory
      copy(before);
    }
    stores.close(store);
    store = stores.open(name());
  }

  private void copy(String before) {
    try {
      stores.crash(before, name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every row of every table. */
  public Map<String, String> dump() {
    return StoreDump.of(store);
  }

  /** It holds what the replica in memory holds, and nothing else. */
  public void assertSame(MemoryReplica replica) {
    StoreDump.assertSame(store, replica);
  }

  @Override
  public void close() {
    stores.close();
  }
}
