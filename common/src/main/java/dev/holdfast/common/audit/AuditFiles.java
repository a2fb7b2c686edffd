package dev.holdfast.common.audit;

import dev.holdfast.common.disk.OwnDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a stream: each is named by the sequence of its first line. */
final class AuditFiles {
  private static final Pattern NAME = Pattern.compile("audit-(\\d{18})\\.jsonl");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private AuditFiles() {}

  static String name(long firstSequence) {
    return "audit-%018d.jsonl".formatted(firstSequence);
  }

  /** The sequence in the name of a file. */
  static long firstSequence(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is no file of an audit stream");
    }
    return Long.parseLong(name.group(1));
  }

  /** All files of a stream, oldest first. */
  static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /** Creates a file for its user only, and makes sure that it is found after a crash. */
  static FileChannel create(Path directory, long firstSequence) throws IOException {
    OwnDirectory.make(directory);
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileChannel channel =
        FileChannel.open(directory.resolve(name(firstSequence)), options, ownerOnly(directory));
    sync(directory);
    return channel;
  }

  private static FileAttribute<?>[] ownerOnly(Path directory) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes the oldest files while there are too many, or too many bytes; never the newest. */
  static void trim(Path directory, int filesMax, long bytesMax) throws IOException {
    List<Path> files = list(directory);
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    int count = files.size();
    for (int oldest = 0; count > 1 && (count > filesMax || bytes > bytesMax); oldest++, count--) {
      bytes -= Files.size(files.get(oldest));
      Files.delete(files.get(oldest));
    }
  }
}
