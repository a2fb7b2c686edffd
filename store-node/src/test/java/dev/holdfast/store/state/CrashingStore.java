package dev.holdfast.store.state;

import dev.holdfast.store.state.digest.CheckpointScrub;
import dev.holdfast.store.testing.MemoryReplica;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A store that can lose everything that is not on its disk yet. */
public final class CrashingStore implements AutoCloseable {
  private final TestStores stores;
  private final Path root;
  private int lives;
  private StateStore store;

  /**
   * @param root an empty directory, or none yet
   */
  public CrashingStore(Path root) {
    this.stores = new TestStores(root);
    this.root = root;
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

  /** The process dies, and starts again with what is on its disk. */
  public void crash() {
    String before = name();
    lives++;
    boolean quiet =
        store.read(
            db -> {
              return stores.crashQuietly(db, before, name());
            });
    if (!quiet) {
      throw new AssertionError("no copy of " + before);
    }
    stores.close(store);
    store = stores.open(name());
  }

  /** Makes a checkpoint, and reads it back as for a snapshot. */
  public Path checkpoint(String name) {
    Path checkpoint = root.resolve(name);
    CheckpointScrub.check(checkpoint, store.checkpoint(checkpoint));
    return checkpoint;
  }

  public void install(Path checkpoint, long raftIndex) {
    try {
      store.install(checkpoint, raftIndex);
    } catch (IOException e) {
      throw new AssertionError("a checkpoint could not be put in place", e);
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
