package dev.holdfast.store.raft;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * SHA-256 of files, in hex. RocksDB never changes a table nor gives its name to another one, so a
 * table is read once, however many snapshots it is in.
 */
final class Checksums {
  private static final String TABLE = ".sst";

  private final Map<String, String> tables = new ConcurrentHashMap<>();

  String of(Path file) throws IOException {
    String name = file.getFileName().toString();
    String known = tables.get(name);
    if (known != null) {
      return known;
    }
    String checksum = read(file);
    if (name.endsWith(TABLE)) {
      tables.put(name, checksum);
    }
    return checksum;
  }

  /** Forgets tables that are no longer in use. */
  void forgetAllBut(List<Path> files) {
    tables
        .keySet()
        .retainAll(
            files.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
  }

  static String read(Path file) throws IOException {
    return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
  }
}
