package dev.holdfast.store.state.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a RocksDB checkpoint. */
public final class CheckpointFiles {
  private static final String TABLE = ".sst";

  private CheckpointFiles() {}

  public static List<Path> list(Path checkpoint) throws IOException {
    try (Stream<Path> files = Files.list(checkpoint)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /**
   * Tables never change and are hard-linked; the few small files that RocksDB rewrites are copied.
   */
  public static void link(Path from, Path to) throws IOException {
    for (Path file : list(from)) {
      Path target = to.resolve(file.getFileName());
      if (file.getFileName().toString().endsWith(TABLE)) {
        Files.createLink(target, file);
      } else {
        Files.copy(file, target);
        StateDirectory.sync(target);
      }
    }
  }

  public static void sync(Path checkpoint) throws IOException {
    for (Path file : list(checkpoint)) {
      StateDirectory.sync(file);
    }
    StateDirectory.sync(checkpoint);
  }

  public static void delete(Path directory) throws IOException {
    StateDirectory.delete(directory);
  }
}
