package dev.holdfast.aggregator.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What kill -9 leaves on disk: a copy of the files of a database that is open. */
public final class CrashedCopy {
  private CrashedCopy() {}

  /** Copies until no compaction came in between, since a real kill sees one moment. */
  public static void of(Path open, Path copy) throws IOException {
    Files.createDirectories(copy);
    while (!copied(open, copy)) {
      for (Path file : files(copy)) {
        Files.delete(file);
      }
    }
  }

  private static boolean copied(Path open, Path copy) throws IOException {
    List<Path> files = files(open);
    try {
      for (Path file : files) {
        Path target = copy.resolve(open.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (NoSuchFileException compacted) {
      return false;
    }
    return files.equals(files(open));
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.endsWith("LOCK"))
          .sorted()
          .toList();
    }
  }
}
