package dev.holdfast.aggregator.storage;

import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.disk.OwnDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a view's database in the data directory: at its top, or, when it is sealed, in a
 * directory below. A view is sealed as a whole or not at all: when encryption was switched on, it
 * is copied once, and then deleted where it was.
 */
public final class ViewDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(ViewDirectory.class);
  private static final String SEALED = "sealed";
  private static final String COPYING = "sealing";
  private static final String CURRENT = "CURRENT";
  private static final long BATCH_BYTES_MAX = 1 << 20;

  private final Path top;
  private final Path sealed;
  private final Encryption encryption;

  ViewDirectory(Path top, Encryption encryption) {
    this.top = top;
    this.sealed = top.resolve(SEALED);
    this.encryption = encryption;
  }

  /** Makes a data directory when it is missing, and looks whether this process may write there. */
  public static void claim(Path directory) throws DataDirectoryException {
    try {
      OwnDirectory.claim(directory, "LOCK");
    } catch (IOException e) {
      throw DataDirectoryException.unusable(directory, e);
    }
  }

  ViewDatabase open() throws IOException, RocksDBException {
    if (!encryption.isOn()) {
      encryption.storingIn(sealed); // says so when there is something
      return new ViewDatabase(top, null);
    }
    if (Files.exists(top.resolve(CURRENT))) {
      sealWhatIsThere();
    }
    if (Files.exists(sealed.resolve(CURRENT)) && !DatabaseKeys.existIn(sealed)) {
      throw new IOException(
          "the view in %s is encrypted, and its file keys.json is missing; put it back, or remove %s to build the view anew"
              .formatted(sealed, sealed));
    }
    return new ViewDatabase(sealed, encryption.storingIn(sealed));
  }

  /** After a crash half-way it begins anew; once the copy has its name, it is whole. */
  private void sealWhatIsThere() throws IOException, RocksDBException {
    if (!DatabaseKeys.existIn(sealed)) {
      Path copy = top.resolve(COPYING);
      delete(copy);
      copyTo(copy);
      Files.move(copy, sealed, StandardCopyOption.ATOMIC_MOVE);
      sync(top);
    }
    RocksDB.loadLibrary();
    try (Options options = new Options()) {
      RocksDB.destroyDB(top.toString(), options);
    }
  }

  private void copyTo(Path copy) throws IOException, RocksDBException {
    long start = System.nanoTime();
    long rows = 0;
    try (ViewDatabase from = new ViewDatabase(top, null);
        ViewDatabase to = new ViewDatabase(copy, encryption.storingIn(copy));
        FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
      for (Family family : Family.values()) {
        rows += copy(family, from, to);
        to.db().flush(waiting, to.handle(family));
      }
      DataDirectoryOwner.markSealed(to);
    }
    LOG.info(
        "encrypted {} rows of {} in {} ms", rows, top, (System.nanoTime() - start) / 1_000_000);
  }

  private static long copy(Family family, ViewDatabase from, ViewDatabase to) {
    long[] rows = {0};
    try (FamilyRows all = from.rows(family);
        WriteOptions unlogged = new WriteOptions().setDisableWAL(true)) {
      all.seekToFirst();
      while (all.isValid()) {
        to.write(
            unlogged,
            write -> {
              for (; all.isValid() && write.batch().getDataSize() < BATCH_BYTES_MAX; all.next()) {
                write.put(family, all.key(), all.value());
                rows[0]++;
              }
            });
      }
      return rows[0];
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> entries = Files.walk(directory)) {
        for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
