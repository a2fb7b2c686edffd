package dev.holdfast.common.disk;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.net.NetworkLibraries;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Unpacks and loads the native code of a process. Of RocksDB's one copy is kept and compared with
 * the build's at each start: by itself it would write another 17 MB into the temporary folder each
 * time, and leave them there when the process is killed. Netty deletes its copies once they are
 * loaded; those of a process that was killed before that are removed by the next one. All of that
 * happens under a lock, since processes may share the directory.
 */
public final class NativeLibraries {
  private static final String KEY = "holdfast.node.native-dir";
  private static final String LOCK = "lock";
  private static final int CHUNK_BYTES = 1 << 16;

  /** Loaded once per process, however many nodes it holds in tests. */
  private static boolean loaded;

  private NativeLibraries() {}

  /**
   * Loads them from a directory, which is made when it is missing. Nothing of RocksDB or Netty may
   * have been used before; later calls in the same process change nothing.
   *
   * @throws ConfigException in one line, when nothing can be executed from there
   */
  public static synchronized void load(Path directory) {
    if (loaded) {
      return;
    }
    Path folder = directory.toAbsolutePath();
    Path unpacking = folder.resolve("unpacking");
    try {
      OwnDirectory.make(unpacking);
      try (FileChannel file = lockFile(unpacking)) {
        var unused = file.lock(); // until the file is closed, or this process ends
        removeLeftovers(unpacking);
        keep(
            resource(), folder.resolve(Environment.getJniLibraryFileName("rocksdbjni")), unpacking);
        loadRocksDb(folder);
        System.setProperty("io.grpc.netty.shaded.io.netty.native.workdir", unpacking.toString());
        NetworkLibraries.load();
      }
    } catch (IOException e) {
      throw new ConfigException(
          "cannot keep native libraries in " + folder + " (" + e + "); mend it, or set " + KEY, e);
    }
    loaded = true;
  }

  private static FileChannel lockFile(Path unpacking) throws IOException {
    return FileChannel.open(
        unpacking.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void removeLeftovers(Path unpacking) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(unpacking)) {
      for (Path entry : entries) {
        if (!entry.endsWith(LOCK)) {
          Files.delete(entry);
        }
      }
    }
  }

  private static void loadRocksDb(Path folder) {
    try {
      RocksDB.loadLibrary(List.of(folder.toString()));
    } catch (UnsatisfiedLinkError e) {
      throw new ConfigException(
          "cannot run native code from %s (%s); is it mounted noexec? Set %s to a directory that is not"
              .formatted(folder, e.getMessage(), KEY),
          e);
    }
  }

  /** The name that this platform's library has in RocksDB's jar. */
  private static String resource() {
    return Environment.getJniLibraryFileName("rocksdb");
  }

  /** Replaces the file: one that other processes may have mapped is never written to. */
  private static void keep(String resource, Path file, Path unpacking) throws IOException {
    if (Files.exists(file) && isEqual(resource, file)) {
      return;
    }
    Path next = unpacking.resolve(file.getFileName());
    try (InputStream packed = open(resource)) {
      Files.copy(packed, next);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isEqual(String resource, Path file) throws IOException {
    try (InputStream packed = new BufferedInputStream(open(resource), CHUNK_BYTES);
        InputStream kept = Files.newInputStream(file)) {
      byte[] expected = packed.readNBytes(CHUNK_BYTES);
      while (expected.length > 0) {
        if (!Arrays.equals(expected, kept.readNBytes(expected.length))) {
          return false;
        }
        expected = packed.readNBytes(CHUNK_BYTES);
      }
      return kept.read() < 0;
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream found = RocksDB.class.getClassLoader().getResourceAsStream(resource);
    if (found == null) {
      throw new IOException("RocksDB brings no " + resource + " for this platform");
    }
    return found;
  }
}
