package dev.holdfast.common.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of the files; another one means that one was written. */
record FileStamps(List<Stamp> stamps) {
  /** A missing file has no identity. */
  record Stamp(Path file, @Nullable Object identity, long bytes, Instant modified) {}

  static FileStamps of(TlsFiles files) {
    List<Stamp> stamps = new ArrayList<>();
    for (Path file : List.of(files.certificate(), files.key(), files.authorities())) {
      stamps.add(stamp(file));
    }
    if (files.revoked() != null) {
      stamps.add(stamp(files.revoked()));
    }
    return new FileStamps(List.copyOf(stamps));
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(file, now.fileKey(), now.size(), now.lastModifiedTime().toInstant());
    } catch (IOException missing) {
      return new Stamp(file, null, -1, Instant.EPOCH);
    }
  }
}
