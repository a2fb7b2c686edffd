package dev.holdfast.common.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a stream as a start finds it, and how it goes on from there.
 *
 * @param file the file that is continued; null when a new one begins
 * @param length bytes of it that count; others are torn off
 * @param fileSince time of its first line
 * @param nextSequence sequence of the next line
 * @param hash hash of the last line
 * @param tornBytes bytes of a line that a crash cut off
 * @param damaged names of files that cannot be continued, and were set aside
 */
record AuditEnd(
    @Nullable Path file,
    long length,
    Instant fileSince,
    long nextSequence,
    String hash,
    long tornBytes,
    List<String> damaged) {
  static final String SET_ASIDE = ".damaged";

  static AuditEnd of(Path directory) throws IOException {
    List<Path> files = Files.isDirectory(directory) ? AuditFiles.list(directory) : List.of();
    List<String> damaged = new ArrayList<>();
    for (int i = files.size() - 1; i >= 0; i--) {
      Scan scan = Scan.of(files.get(i));
      if (!scan.isDamaged && scan.last != null) {
        return scan.continued(files.get(i), damaged);
      }
      if (scan.isDamaged) {
        damaged.add(setAside(files.get(i)));
      } else {
        Files.delete(files.get(i)); // without a whole line: made right before a crash
      }
      if (scan.last != null) {
        return scan.behind(damaged);
      }
    }
    return new AuditEnd(null, 0, Instant.EPOCH, 1, AuditLine.NOTHING, 0, damaged);
  }

  private static String setAside(Path file) throws IOException {
    String name = file.getFileName() + SET_ASIDE;
    Files.move(file, file.resolveSibling(name));
    return name;
  }

  /** What a file holds. */
  private static final class Scan {
    private @Nullable AuditLine last;
    private byte[] lastBytes = new byte[0];
    private Instant since = Instant.EPOCH;
    private long goodLength;
    private long tornBytes;
    private boolean isDamaged;

    static Scan of(Path file) throws IOException {
      Scan scan = new Scan();
      try (AuditFileReader reader = new AuditFileReader(file)) {
        for (byte[] line = reader.next(); line != null; line = reader.next()) {
          scan.take(line, reader);
        }
        scan.tornBytes = reader.position() - scan.goodLength;
      }
      return scan;
    }

    private void take(byte[] bytes, AuditFileReader reader) {
      if (!reader.isWhole()) {
        return;
      }
      AuditLine line = AuditLine.parse(bytes).orElse(null);
      if (line == null) {
        isDamaged = true;
        return;
      }
      since = last == null ? line.time() : since;
      last = line;
      lastBytes = bytes;
      goodLength = reader.position();
    }

    AuditEnd continued(Path file, List<String> damaged) {
      return new AuditEnd(
          file, goodLength, since, next(), AuditLine.hash(lastBytes), tornBytes, damaged);
    }

    AuditEnd behind(List<String> damaged) {
      return new AuditEnd(null, 0, Instant.EPOCH, next(), AuditLine.hash(lastBytes), 0, damaged);
    }

    private long next() {
      return last == null ? 1 : last.sequence() + 1;
    }
  }
}
