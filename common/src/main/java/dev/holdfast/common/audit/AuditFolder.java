package dev.holdfast.common.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
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
    AuditFolder folder = new AuditFolder(Files.isDirectory(within) ? within : directory);
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

  /** Passes all lines that can be read, oldest first, with their text in the file. */
  public void forEach(BiConsumer<AuditLine, String> consumer) throws IOException {
    for (Path file : files()) {
      try (AuditFileReader reader = new AuditFileReader(file)) {
        for (byte[] line = reader.next(); line != null; line = reader.next()) {
          if (reader.isWhole()) {
            String text = new String(line, StandardCharsets.UTF_8);
            AuditLine.parse(line).ifPresent(parsed -> consumer.accept(parsed, text));
          }
        }
      }
    }
  }

  /**
   * The hash of a line, as somebody kept it elsewhere: shows that lines up to it were neither
   * changed nor removed, those at the end included.
   */
  public record Anchor(long sequence, String hash) {}

  /** Checks the chain of all lines, and that it leads through some of which the hash is known. */
  public AuditProof verify(List<Anchor> anchors) throws IOException {
    AuditChainCheck check = new AuditChainCheck(anchors);
    setAside().forEach(check::setAside);
    List<Path> files = files();
    for (int i = 0; i < files.size(); i++) {
      check.file(files.get(i), i == files.size() - 1);
    }
    return check.proof();
  }
}
