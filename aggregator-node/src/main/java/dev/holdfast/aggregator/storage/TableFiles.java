package dev.holdfast.aggregator.storage;

import dev.holdfast.common.failpoint.FailPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Writes many records as tables of RocksDB, which are then taken in whole: past the write-ahead
 * log, the memtable and most of compaction. A table that was taken in is on disk.
 */
final class TableFiles {
  private final ViewDatabase database;
  private final Path directory;
  private final AtomicLong names = new AtomicLong();

  TableFiles(ViewDatabase database, Path directory) {
    this.database = database;
    this.directory = directory;
  }

  /** A record; without a value its key is deleted. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Entry(byte[] key, byte @Nullable [] value) {}

  /**
   * Writes a table of entries that ascend by key, each key once, for a family that hides no keys.
   * For any thread.
   */
  Path write(Family family, List<Entry> ascending) {
    return database.uses().during(() -> written(family, ascending));
  }

  private Path written(Family family, List<Entry> ascending) {
    Path file = directory.resolve(names.incrementAndGet() + ".table");
    try (EnvOptions environment = new EnvOptions();
        Options options = database.tableOptions();
        SstFileWriter writer = new SstFileWriter(environment, options)) {
      Files.createDirectories(directory);
      writer.open(file.toString());
      for (Entry entry : ascending) {
        put(writer, family, entry);
      }
      writer.finish();
      FailPoint.RUN_WRITTEN.reach();
      return file;
    } catch (RocksDBException | IOException e) {
      throw new StorageException("cannot write " + file, e);
    }
  }

  private void put(SstFileWriter writer, Family family, Entry entry) throws RocksDBException {
    byte[] value = entry.value();
    if (value == null) {
      writer.delete(entry.key());
    } else {
      writer.put(entry.key(), database.seal().seal(family, entry.key(), value));
    }
  }

  /**
   * Takes a table in, over what was there. What was written before lasts at least as long: else
   * totals that were taken in might include what a power cut takes away. For the writer thread.
   */
  void takeIn(Family family, Path file) {
    try (IngestExternalFileOptions moving = new IngestExternalFileOptions().setMoveFiles(true)) {
      FailPoint.RUN_TAKEN_IN.reach();
      database.room().await(() -> database.db().flushWal(true));
      database
          .room()
          .await(
              () ->
                  database
                      .db()
                      .ingestExternalFile(
                          database.handle(family), List.of(file.toString()), moving));
    } catch (RocksDBException e) {
      throw new StorageException("cannot take in " + file, e);
    }
  }

  /** Deletes what was never taken in. */
  void clear() {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> left = Files.list(directory)) {
      for (Path file : left.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new StorageException("cannot clear " + directory, e);
    }
  }
}
