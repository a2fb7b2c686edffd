package dev.holdfast.store.state.db;

import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.store.state.fault.NeedsNewerBuildFault;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.fault.WayOut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The format of a database, written into it when it is made and checked when it is opened. */
public final class StateFormat {
  /** 3: levels have terms and units shipped; 2: the applied state has the digest of the stock. */
  static final int NUMBER = 3;

  /** Is set in the format of a sealed database: builds that cannot open it say so. */
  private static final int SEALED = 0x40;

  private StateFormat() {}

  /**
   * Opens a database, or makes a new one in this format.
   *
   * @throws IOException says in one line why this build cannot open it
   */
  public static PartitionDb open(Path path, RocksMemory memory, Encryption encryption)
      throws IOException {
    try {
      return openWhole(path, memory, encryption);
    } catch (StateFault e) {
      throw new IOException(e.during("cannot use the state in " + path), e);
    }
  }

  /**
   * As {@link #open}.
   *
   * @throws StateFault when this build cannot read it
   */
  public static PartitionDb openWhole(Path path, RocksMemory memory, Encryption encryption)
      throws IOException {
    return openWhole(path, memory, encryption.storingIn(path));
  }

  /**
   * As {@link #openWhole(Path, RocksMemory, Encryption)}, with these keys; null when it is not
   * sealed.
   */
  static PartitionDb openWhole(Path path, RocksMemory memory, @Nullable DatabaseKeys keys)
      throws IOException {
    try {
      PartitionDb db = PartitionDb.open(path, memory, keys);
      return checked(db, path);
    } catch (RocksDBException e) {
      if (keys != null) {
        keys.close();
      }
      throw new IOException(
          "cannot open the state in %s: %s; %s"
              .formatted(path, e.getMessage(), WayOut.of(partition(path))),
          e);
    }
  }

  private static Path partition(Path path) {
    return path.resolve("../..").normalize();
  }

  /** Closes a database that this build cannot read. */
  private static PartitionDb checked(PartitionDb db, Path path) throws IOException {
    try {
      check(db, path);
      AppliedState.of(db, db.latest());
      return db;
    } catch (IOException | RuntimeException e) {
      db.close();
      throw e;
    }
  }

  private static void check(PartitionDb db, Path path) throws IOException {
    byte[] found = db.table(Family.META).get(StateKeys.FORMAT);
    if (found == null) {
      write(db);
    } else if (isNewer(found)) {
      String what = "format %d, above %d".formatted(found[0], NUMBER);
      throw new NeedsNewerBuildFault("the state in " + path, what);
    } else if (isSealed(found) != db.isSealed()) {
      String which =
          db.isSealed()
              ? "the state in %s is not encrypted, and yet there is a file keys.json; %s"
              : "the state in %s is encrypted, and the file keys.json beside it is missing; %s";
      throw new IOException(which.formatted(path, WayOut.of(partition(path))));
    } else if (!Arrays.equals(found, format(db))) {
      String format = found.length == 0 ? "none" : Byte.toString(found[0]);
      throw new IOException(
          ("the state in %s has format %s, which an older build wrote; this build reads only %d:"
                  + " wipe this node's data directory and start it again")
              .formatted(path, format, NUMBER));
    }
  }

  private static boolean isNewer(byte[] format) {
    byte[] number = format.clone();
    if (isSealed(format)) {
      number[0] ^= SEALED;
    }
    return Arrays.compareUnsigned(number, new byte[] {NUMBER}) > 0;
  }

  private static byte[] format(PartitionDb db) {
    return new byte[] {(byte) (db.isSealed() ? NUMBER | SEALED : NUMBER)};
  }

  private static boolean isSealed(byte[] format) {
    return format.length == 1 && (format[0] & SEALED) != 0;
  }

  /** RocksDB opens a database only when all of its families are named. */
  static void checkFamilies(Path path) throws RocksDBException {
    if (!Files.exists(path.resolve("CURRENT"))) {
      return; // a new one
    }
    List<String> known = Family.all().stream().map(Family::columnFamily).toList();
    try (Options options = new Options()) {
      for (byte[] name : RocksDB.listColumnFamilies(options, path.toString())) {
        String found = new String(name, StandardCharsets.US_ASCII);
        if (!known.contains(found)) {
          throw new NeedsNewerBuildFault("the state in " + path, "the table " + found);
        }
      }
    }
  }

  private static void write(PartitionDb db) {
    try (WriteBatch batch = new WriteBatch()) {
      db.table(Family.META).put(batch, StateKeys.FORMAT, format(db));
      db.write(batch);
    }
  }
}
