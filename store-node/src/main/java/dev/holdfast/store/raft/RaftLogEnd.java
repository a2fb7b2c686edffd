package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage;
import com.alipay.sofa.jraft.util.StorageOptionsFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads the database of a Raft log before JRaft opens it: JRaft only says that it failed. */
final class RaftLogEnd {
  private static final List<byte[]> FAMILIES =
      List.of(
          RocksDB.DEFAULT_COLUMN_FAMILY,
          "Configuration".getBytes(StandardCharsets.UTF_8)); // JRaft's

  private RaftLogEnd() {}

  static boolean exists(Path log) {
    return Files.exists(log.resolve("CURRENT"));
  }

  /** Makes an empty log, so that from then on a missing one is damage. */
  static void create(Path log) throws IOException {
    Files.createDirectories(log);
    open(log, false);
  }

  /**
   * The last index of a log; 0 for an empty one.
   *
   * @throws IOException when it is damaged, with what RocksDB says of that
   */
  static long read(Path log) throws IOException {
    return open(log, true);
  }

  private static long open(Path log, boolean readOnly) throws IOException {
    RaftTuning.process();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options =
            StorageOptionsFactory.getRocksDBOptions(null, RocksDBLogStorage.class);
        ColumnFamilyOptions family =
            StorageOptionsFactory.getRocksDBColumnFamilyOptions(null, RocksDBLogStorage.class);
        RocksDB db =
            readOnly
                ? RocksDB.openReadOnly(options, log.toString(), descriptors(family), handles)
                : RocksDB.open(options, log.toString(), descriptors(family), handles);
        RocksIterator entries = db.newIterator(handles.get(0))) {
      entries.seekToLast();
      entries.status();
      long last = entries.isValid() ? ByteBuffer.wrap(entries.key()).getLong() : 0;
      handles.forEach(ColumnFamilyHandle::close);
      return last;
    } catch (RocksDBException e) {
      throw new IOException(describe(e, log), e);
    }
  }

  /** RocksDB names a table that is damaged, but no write-ahead log. */
  private static String describe(RocksDBException e, Path log) throws IOException {
    String code = e.getStatus() == null ? "" : e.getStatus().getCodeString() + ": ";
    String what = String.valueOf(e.getMessage());
    if (what.contains(".sst") || what.contains("MANIFEST")) {
      return code + what;
    }
    try (Stream<Path> files = Files.list(log)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".log"))
          .sorted()
          .collect(Collectors.joining(" or ", code + what + " in ", ""));
    }
  }

  private static List<ColumnFamilyDescriptor> descriptors(ColumnFamilyOptions options) {
    return FAMILIES.stream().map(name -> new ColumnFamilyDescriptor(name, options)).toList();
  }
}
