package dev.holdfast.store;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.store.config.StoreNodeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The data directory of a node while it runs: locked, and marked with whose it is, so that no other
 * node, cluster or partition count ever writes into it.
 */
final class DataDirectory implements AutoCloseable {
  private static final String IDENTITY = "identity";
  private static final String KEY = "holdfast.node.data-dir";

  private final Path root;
  private final FileChannel lockFile;

  private DataDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /** Locks and checks the directory, or says in one line why it can not be used. */
  static DataDirectory claim(StoreNodeConfig config) {
    Path root = config.node().dataDir();
    FileChannel lockFile = null;
    try {
      Files.createDirectories(root);
      lockFile =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(lockFile) == null) {
        throw new ConfigException(
            root + " is in use by another process; stop it, or set " + KEY + " to another one");
      }
      checkIdentity(root.resolve(IDENTITY), identity(config));
      return new DataDirectory(root, lockFile);
    } catch (IOException e) {
      close(lockFile);
      throw new ConfigException(
          "can not use " + root + " as data directory (" + e + "); mend it, or change " + KEY, e);
    } catch (ConfigException e) {
      close(lockFile);
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by another node in this process
    }
  }

  private static Map<String, String> identity(StoreNodeConfig config) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("format", "1");
    identity.put("cluster", config.cluster().id());
    identity.put("node", config.node().id());
    identity.put("partitions", Integer.toString(config.cluster().partitions()));
    identity.put("pinned", new TreeMap<>(config.cluster().pinned().partitions()).toString());
    return identity;
  }

  private static void checkIdentity(Path file, Map<String, String> expected) throws IOException {
    if (!Files.exists(file)) {
      write(file, expected);
      return;
    }
    Map<String, String> found = read(file);
    Set<String> keys = new LinkedHashSet<>(found.keySet());
    keys.addAll(expected.keySet());
    for (String key : keys) {
      String value = found.getOrDefault(key, "");
      if (!value.equals(expected.get(key))) {
        throw new ConfigException(
            "%s belongs to %s '%s', but this node is configured with '%s'; set %s to this node's own"
                .formatted(file.getParent(), key, value, expected.get(key), KEY));
      }
    }
  }

  private static Map<String, String> read(Path file) throws IOException {
    Map<String, String> identity = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      String key = equals < 0 ? line : line.substring(0, equals);
      identity.put(key, equals < 0 ? "" : line.substring(equals + 1));
    }
    return identity;
  }

  private static void write(Path file, Map<String, String> identity) throws IOException {
    StringBuilder text = new StringBuilder();
    identity.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    Path temporary = file.resolveSibling(IDENTITY + ".tmp");
    Files.writeString(temporary, text);
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  Path ofPartition(int partition) {
    return root.resolve("partition-" + partition);
  }

  /** Bytes that can still be written. */
  long usableBytes() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("can not ask how full the disk of " + root + " is", e);
    }
  }

  private static void close(@Nullable FileChannel file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    close(lockFile);
  }
}
