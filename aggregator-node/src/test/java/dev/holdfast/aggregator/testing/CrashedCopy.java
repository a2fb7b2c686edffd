package dev.holdfast.aggregator.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.endsWith("LOCK")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          /** It was compacted meanwhile. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(files);
    return files;
  }
}
