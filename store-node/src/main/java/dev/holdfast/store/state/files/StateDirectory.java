package dev.holdfast.store.state.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of a partition's databases. A file names the current one, so that another can be
 * put in its place in one atomic step.
 */
public final class StateDirectory {
  private static final String CURRENT = "CURRENT";
  private static final String FIRST = "db-0";

  private final Path root;

  public StateDirectory(Path root) {
    this.root = root;
  }

  /** The current database; others, left by a crash half-way, are removed. */
  public Path current() throws IOException {
    Files.createDirectories(root);
    Path pointer = root.resolve(CURRENT);
    if (!Files.exists(pointer)) {
      point(FIRST);
    }
    String name = Files.readString(pointer).strip();
    for (Path other : databases()) {
      if (!other.getFileName().toString().equals(name)) {
        delete(other);
      }
    }
    return root.resolve(name);
  }

  /** An empty place for a database that is going to be current. */
  public Path next(long raftIndex) throws IOException {
    Path next = root.resolve("db-" + raftIndex + "-" + System.nanoTime());
    Files.createDirectories(next);
    return next;
  }

  public void makeCurrent(Path database) throws IOException {
    sync(database);
    point(database.getFileName().toString());
  }

  private void point(String name) throws IOException {
    Path temporary = root.resolve(CURRENT + ".tmp");
    Files.writeString(temporary, name + "\n");
    sync(temporary);
    Files.move(temporary, root.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
    sync(root);
  }

  private List<Path> databases() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  public static void delete(Path directory) throws IOException {
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
