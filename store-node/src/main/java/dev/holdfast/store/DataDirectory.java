package dev.holdfast.store;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.disk.NativeLibraries;
import dev.holdfast.common.disk.OwnDirectory;
import dev.holdfast.store.config.StoreNodeConfig;
import dev.holdfast.store.membership.Introduction;
import dev.holdfast.store.membership.NodeIdentity;
import dev.holdfast.store.state.fault.WayOut;
import dev.holdfast.store.state.files.SealedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data directory of a node while it runs: locked, and marked with whose it is, so that no other
 * node, cluster or partition count ever writes into it.
 */
final class DataDirectory implements NodeIdentity, AutoCloseable {
  private static final String LOCK = "lock";
  private static final String IDENTITY = "identity";
  private static final String PARTITION = "partition-";
  private static final String DISK = "disk";
  private static final String FOUNDER = "founder.";
  private static final String KEY = "holdfast.node.data-dir";

  private final StoreNodeConfig config;
  private final Path root;
  private final FileChannel lockFile;
  private volatile Map<String, String> identity = Map.of();

  private DataDirectory(StoreNodeConfig config, FileChannel lockFile) {
    this.config = config;
    this.root = config.node().dataDir();
    this.lockFile = lockFile;
  }

  /** Locks and checks the directory, or says in one line why it cannot be used. */
  static DataDirectory claim(StoreNodeConfig config) {
    Path root = config.node().dataDir();
    FileChannel lockFile = null;
    try {
      OwnDirectory.claim(root, LOCK, IDENTITY);
      lockFile =
          FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(lockFile) == null) {
        throw new ConfigException(
            root + " is in use by another process; stop it, or set " + KEY + " to another one");
      }
      DataDirectory directory = new DataDirectory(config, lockFile);
      directory.identify();
      OwnDirectory.protect(root);
      NativeLibraries.load(root.resolve(config.node().nativeDir()));
      return directory;
    } catch (IOException e) {
      close(lockFile);
      throw new ConfigException(
          "cannot use " + root + " as data directory (" + e + "); mend it, or change " + KEY, e);
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

  private void identify() throws IOException {
    Map<String, String> found = read();
    Map<String, String> expected = owner();
    if (found == null) {
      refusePartitionsOfNobody();
      expected.put(DISK, UUID.randomUUID().toString());
      keep(expected);
      return;
    }
    for (Map.Entry<String, String> mark : expected.entrySet()) {
      String value = found.getOrDefault(mark.getKey(), "");
      if (!value.equals(mark.getValue())) {
        throw new ConfigException(
            "%s belongs to %s '%s', but this node is configured with '%s'; set %s to this node's own"
                .formatted(root, mark.getKey(), value, mark.getValue(), KEY));
      }
    }
    identity = found;
  }

  private Map<String, String> owner() {
    Map<String, String> owner = new LinkedHashMap<>();
    owner.put("format", "2");
    owner.put("cluster", config.cluster().id());
    owner.put("node", config.node().id());
    owner.put("partitions", Integer.toString(config.cluster().partitions()));
    owner.put("pinned", new TreeMap<>(config.cluster().pinned().partitions()).toString());
    return owner;
  }

  private @Nullable Map<String, String> read() throws IOException {
    try {
      return SealedFile.read(root.resolve(IDENTITY));
    } catch (SealedFile.DamagedFileException e) {
      throw new ConfigException(
          e.getMessage() + ", or it was made by a build before incarnations; " + WayOut.of(root),
          e);
    }
  }

  /** Whose they are is not known, so they are nobody's to go on with. */
  private void refusePartitionsOfNobody() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      if (entries.anyMatch(entry -> entry.getFileName().toString().startsWith(PARTITION))) {
        throw new ConfigException(
            root + " holds partitions, but the file identity is missing; " + WayOut.of(root));
      }
    }
  }

  private void keep(Map<String, String> values) throws IOException {
    SealedFile.write(root.resolve(IDENTITY), values);
    identity = Map.copyOf(values);
  }

  @Override
  public Introduction.Layout layout() {
    StoreNodeConfig.Cluster cluster = config.cluster();
    return new Introduction.Layout(
        cluster.id(),
        cluster.partitions(),
        cluster.pinned().partitions(),
        cluster.nodes().nodes().stream().map(Object::toString).toList());
  }

  @Override
  public String disk() {
    return identity.getOrDefault(DISK, "");
  }

  @Override
  public boolean bootstraps() {
    return config.cluster().bootstrap();
  }

  @Override
  public Map<String, String> founders() {
    Map<String, String> founders = new TreeMap<>();
    identity.forEach(
        (key, value) -> {
          if (key.startsWith(FOUNDER)) {
            founders.put(key.substring(FOUNDER.length()), value);
          }
        });
    return founders;
  }

  @Override
  public void keepFounders(Map<String, String> founders) throws IOException {
    Map<String, String> values = new LinkedHashMap<>(owner());
    values.put(DISK, disk());
    new TreeMap<>(founders).forEach((node, disk) -> values.put(FOUNDER + node, disk));
    keep(values);
  }

  Path ofPartition(int partition) {
    return root.resolve(PARTITION + partition);
  }

  /** Bytes that can still be written. */
  long usableBytes() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask how full the disk of " + root + " is", e);
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
