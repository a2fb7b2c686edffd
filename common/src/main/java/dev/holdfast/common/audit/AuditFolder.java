package dev.holdfast.common.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the files of a stream, of a node that runs or of one that does not. */
public final class AuditFolder {
  private final Path directory;

  private AuditFolder(Path directory) {
    this.directory = directory;
  }

  /**
   * The stream in a directory, or in the directory {@code audit} of a node's data.
   *
   * @throws IOException if there is none
   */
  public static AuditFolder of(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    Path within = directory.resolve("audit");
    AuditFolder folder =
        new AuditFolder(Files.isDirectory(within) ? within : directory);
    if (folder.files().isEmpty()) {
      throw new IOException("no audit stream is in " + folder.directory);
    }
    return folder;
  }

  public Path directory() {
    return directory;
  }

  List<Path> files() throws IOException {
    return AuditFiles.list(directory);
  }

  /** Files that a node could not continue, and set aside. */
  List<String> setAside() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(AuditEnd.SET_ASIDE))
          .sorted()
          .toList();
    }
  }

  /** Passes all lines that can be read, oldest first. */
  public void forEach(Consumer<AuditLine> consumer) throws IOException {
    for (Path file : files()) {
      try (AuditFileReader reader = new AuditFileReader(file)) {
        for (byte[] line = reader.next(); line != null; line = reader.next()) {
          if (reader.isWhole()) {
            AuditLine.parse(line).ifPresent(consumer);
          }
        }
      }
    }
  }

  /** Checks the chain of all lines. */
  public AuditProof verify() throws IOException {
    AuditChainCheck check = new AuditChainCheck();
    setAside().forEach(check::setAside);
    List<Path> files = files();
    for (int i = 0; i < files.size(); i++) {
      check.file(files.get(i), i == files.size() - 1);
    }
    return check.proof();
  }
}
