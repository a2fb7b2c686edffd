package dev.holdfast.deploy.replicas;

import dev.holdfast.common.crypt.Encryption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.rocksdb.RocksDB;
import org.testcontainers.containers.GenericContainer;

/**
 * Compares what nodes left on their disks. The nodes have stopped in good order: a database has no
 * log of its own, so that of a node that was killed is behind until it starts again.
 */
public final class ReplicaFiles {
  private static final String CURRENT = "CURRENT";

  private ReplicaFiles() {}

  /**
   * Copies a directory out of a container, running or not.
   *
   * @return the copy, below the target
   */
  public static Path copy(GenericContainer<?> container, String directory, Path target) {
    try {
      Files.createDirectories(target);
      Process tar =
          new ProcessBuilder("tar", "-x", "--no-same-owner", "-C", target.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (InputStream files =
              container
                  .getDockerClient()
                  .copyArchiveFromContainerCmd(container.getContainerId(), directory)
                  .exec();
          OutputStream unpacked = tar.getOutputStream()) {
        files.transferTo(unpacked);
      }
      if (tar.waitFor() != 0) {
        throw new IllegalStateException("cannot unpack " + directory);
      }
      return target.resolve(Path.of(directory).getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while files were copied", e);
    }
  }

  /**
   * Compares the replicas of a partition.
   *
   * @param states by node, the directory partition-N/state of its data directory or a copy of it
   */
  public static Comparison ofPartition(Map<String, Path> states) {
    return ofPartition(states, Encryption.OFF);
  }

  /** The same when some of them are encrypted. */
  public static Comparison ofPartition(Map<String, Path> states, Encryption encryption) {
    Map<String, Path> databases = new LinkedHashMap<>();
    states.forEach((node, state) -> databases.put(node, current(state)));
    return compare(
        databases,
        encryption,
        StoreRows::position,
        comparer -> comparer.compareAll(StoreRows::treatment));
  }

  /** The file CURRENT of a state names its database. */
  private static Path current(Path state) {
    try {
      return state.resolve(Files.readString(state.resolve(CURRENT)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compares the views of aggregators.
   *
   * @param directories by node, its data directory or a copy of it
   */
  public static Comparison ofAggregators(Map<String, Path> directories) {
    return ofAggregators(directories, Encryption.OFF);
  }

  /** The same when some of them are encrypted: their databases lie one directory below. */
  public static Comparison ofAggregators(Map<String, Path> directories, Encryption encryption) {
    Map<String, Path> databases = new LinkedHashMap<>();
    directories.forEach(
        (node, directory) -> {
          Path sealed = directory.resolve("sealed");
          databases.put(node, Files.isDirectory(sealed) ? sealed : directory);
        });
    return compare(
        databases,
        encryption,
        ViewRows::position,
        comparer -> {
          boolean sameHistory = comparer.isEqual(ViewRows.HISTORY);
          comparer.compareAll(family -> ViewRows.treatment(family, sameHistory));
        });
  }

  private static Comparison compare(
      Map<String, Path> directories,
      Encryption encryption,
      Function<NodeDatabase, String> position,
      Consumer<Comparer> compare) {
    RocksDB.loadLibrary();
    List<NodeDatabase> open = new ArrayList<>();
    try {
      directories.forEach(
          (node, directory) -> open.add(new NodeDatabase(node, directory, encryption)));
      Map<String, String> positions = new LinkedHashMap<>();
      open.forEach(database -> positions.put(database.node(), position.apply(database)));
      Comparer comparer = new Comparer(open);
      if (positions.values().stream().distinct().count() == 1) {
        compare.accept(comparer);
      }
      return new Comparison(positions, comparer.rows(), comparer.differences());
    } finally {
      open.forEach(NodeDatabase::close);
    }
  }
}
