package dev.holdfast.store.state;

import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.state.files.StateDirectory;
import dev.holdfast.store.testing.RandomLog;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;

/** Stores in a directory of a test, closed with it. */
public final class TestStores implements AutoCloseable {
  private final Path root;
  private final RocksMemory memory = new RocksMemory(8 << 20, 32 << 20);
  private final List<StateStore> open = new ArrayList<>();

  public TestStores(Path root) {
    this.root = root;
  }

  public StateStore open(String name) {
    try {
      return open(name, TestKeys.usual());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public StateStore open(String name, Encryption encryption) throws IOException {
    StateStore store = StateStore.open(root.resolve(name), memory, encryption);
    open.add(store);
    return store;
  }

  public RocksMemory memory() {
    return memory;
  }

  public void close(StateStore store) {
    open.remove(store);
    store.close();
  }

  public static boolean apply(StateStore store, RandomLog.Entry entry) {
    return apply(store, entry.index(), entry.term(), entry.encoded());
  }

  public static boolean apply(StateStore store, long index, long term, byte[] encoded) {
    boolean[] accepted = new boolean[1];
    store.apply(applier -> accepted[0] = applier.apply(index, term, encoded));
    return accepted[0];
  }

  /** As when its age or size is over. */
  public static void trimLogBefore(StateStore store, long sequence) {
    store.trimLogBefore(sequence);
  }

  public static void flush(StateStore store) {
    store.read(
        db -> {
          db.flush();
          return true;
        });
  }

  /** How many files of the store have been flushed. */
  public static int tables(StateStore store) {
    return store.read(db -> db.db().getLiveFilesMetaData().size());
  }

  /** A crash, while nothing is being flushed or compacted. */
  public boolean crashQuietly(PartitionDb db, String from, String to) {
    try {
      db.db().pauseBackgroundWork();
      crash(from, to);
      db.db().continueBackgroundWork();
      return true;
    } catch (RocksDBException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a crash at this moment would leave on disk: nothing of what is only in memory. */
  public void crash(String from, String to) throws IOException {
    while (!copied(root.resolve(from), root.resolve(to))) {
      StateDirectory.delete(root.resolve(to));
    }
  }

  /** False when a compaction took a file away meanwhile. */
  private static boolean copied(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!file.endsWith("LOCK")) {
          Files.copy(file, target);
        }
      }
      return true;
    } catch (NoSuchFileException | UncheckedIOException compacted) {
      return false;
    }
  }

  @Override
  public void close() {
    open.forEach(StateStore::close);
    memory.close();
  }
}
