package dev.holdfast.store.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The format of a database, written into it when it is made and checked when it is opened. */
final class StateFormat {
  /**
   * 3: levels have terms and what transfers moved; 2: the applied state has the digest of the
   * stock.
   */
  private static final byte[] FORMAT = {3};

  private StateFormat() {}

  /**
   * Opens a database, a new one in this format, or says in one line why not.
   *
   * @throws IOException when that cannot be, or this build cannot read it
   */
  static PartitionDb open(Path path, RocksMemory memory) throws IOException {
    try {
      return openWhole(path, memory);
    } catch (StateFault e) {
      throw new IOException(e.during("cannot use the state in " + path), e);
    }
  }

  /**
   * As {@link #open}.
   *
   * @throws StateFault when this build cannot read it
   */
  static PartitionDb openWhole(Path path, RocksMemory memory) throws IOException {
    try {
      PartitionDb db = PartitionDb.open(path, memory);
      return checked(db, path);
    } catch (RocksDBException e) {
      Path partition = path.resolve("../..").normalize();
      throw new IOException(
          "cannot open the state in " + path + ": " + e.getMessage() + "; " + WayOut.of(partition),
          e);
    }
  }

  /** Closes a database that this build cannot read. */
  private static PartitionDb checked(PartitionDb db, Path path) throws IOException {
    try {
      check(db, path);
      AppliedState.of(db.get(db.meta, StateKeys.APPLIED));
      return db;
    } catch (IOException | RuntimeException e) {
      db.close();
      throw e;
    }
  }

  private static void check(PartitionDb db, Path path) throws IOException {
    byte[] found = db.get(db.meta, StateKeys.FORMAT);
    if (found == null) {
      write(db);
    } else if (Arrays.compareUnsigned(found, FORMAT) > 0) {
      String what = "format %d, above %d".formatted(found[0], FORMAT[0]);
      throw new NeedsNewerBuildFault("the state in " + path, what);
    } else if (!Arrays.equals(found, FORMAT)) {
      String format = found.length == 0 ? "none" : Byte.toString(found[0]);
      throw new IOException(
          ("the state in %s has format %s, which an older build wrote; this build reads only %d:"
                  + " wipe this node's data directory and start it again")
              .formatted(path, format, FORMAT[0]));
    }
  }

  /** RocksDB would open none of them for one that it is not told of. */
  static void checkTables(Path path, List<ColumnFamilyDescriptor> known) throws RocksDBException {
    if (!Files.exists(path.resolve("CURRENT"))) {
      return; // a new one
    }
    List<String> names = known.stream().map(family -> text(family.getName())).toList();
    try (Options options = new Options()) {
      for (byte[] found : RocksDB.listColumnFamilies(options, path.toString())) {
        if (!names.contains(text(found))) {
          throw new NeedsNewerBuildFault("the state in " + path, "the table " + text(found));
        }
      }
    }
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.US_ASCII);
  }

  private static void write(PartitionDb db) {
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(db.meta, StateKeys.FORMAT, FORMAT);
      db.write(batch);
    } catch (RocksDBException e) {
      throw new StateFault("writing the format failed: " + e.getMessage(), e);
    }
  }
}
