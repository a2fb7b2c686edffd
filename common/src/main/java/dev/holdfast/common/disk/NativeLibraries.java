package dev.holdfast.common.disk;

import dev.holdfast.common.config.ConfigException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Unpacks the native code of a process. One copy is kept and compared with the build's at each
 * start. By itself RocksDB would write another 17 MB into the temporary folder each time, and leave
 * them there when the process is killed.
 */
public final class NativeLibraries {
  private static final String KEY = "holdfast.node.native-dir";
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
    try {
      OwnDirectory.make(folder);
      keep(resource(), folder.resolve(Environment.getJniLibraryFileName("rocksdbjni")));
    } catch (IOException e) {
      throw new ConfigException(
          "cannot keep native libraries in " + folder + " (" + e + "); mend it, or set " + KEY, e);
    }
    try {
      RocksDB.loadLibrary(List.of(folder.toString()));
    } catch (UnsatisfiedLinkError e) {
      throw new ConfigException(
          "cannot run native code from %s (%s); is it mounted noexec? Set %s to a directory that is not"
              .formatted(folder, e.getMessage(), KEY),
          e);
    }
    useIfUnset("io.grpc.netty.shaded.io.netty.native.workdir", folder);
    useIfUnset("io.netty.native.workdir", folder);
    loaded = true;
  }

  /** The name that this platform's library has in RocksDB's jar. */
  private static String resource() {
    return Environment.getJniLibraryFileName("rocksdb");
  }

  private static void useIfUnset(String property, Path folder) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, folder.toString());
    }
  }

  /** Replaces the file: one that other processes may have mapped is never written to. */
  static void keep(String resource, Path file) throws IOException {
    if (Files.exists(file) && isEqual(resource, file)) {
      return;
    }
    Path next = Files.createTempFile(file.getParent(), "next", ".part");
    try (InputStream packed = open(resource)) {
      Files.copy(packed, next, StandardCopyOption.REPLACE_EXISTING);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
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
