package dev.holdfast.common.audit;

import dev.holdfast.common.audit.AuditWriter.Bounds;
import dev.holdfast.common.audit.AuditWriter.Timed;
import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ByteSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A directory with a stream, as a node would write it. */
final class AuditDirectory {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  static final Bounds UNBOUNDED = new Bounds(1 << 30, Duration.ofDays(1), 100, 1L << 40);

  final Path path;

  AuditDirectory(Path path) {
    this.path = path;
  }

  record Keys(
      Path dir,
      ByteSize fileBytes,
      Duration fileAge,
      int filesMax,
      ByteSize bytesMax,
      int refusalsPerSecond,
      int actionsPerSecond,
      int queueMax)
      implements AuditKeys {
    static Keys of(Path directory, int queueMax) {
      return new Keys(
          directory,
          new ByteSize(1 << 24),
          Duration.ofDays(1),
          400,
          new ByteSize(1 << 30),
          10,
          100,
          queueMax);
    }
  }

  static AuditEvent denied(String principal, String requestId) {
    return new AuditEvent(
        AuditKind.DENIED,
        AuditOutcome.REFUSED,
        principal,
        "192.0.2.7",
        requestId,
        Map.of("method", "holdfast.inventory.v1.InventoryService/AdjustStock"));
  }

  static AuditEvent admin(String principal, String requestId) {
    return new AuditEvent(
        AuditKind.ADMIN, AuditOutcome.DONE, principal, "192.0.2.7", requestId, Map.of());
  }

  AuditWriter open(Bounds bounds) throws IOException {
    return AuditWriter.open(path, "node-a", bounds, NOON);
  }

  /** Writes so many lines, of which the first tells of the start. */
  void write(int lines, Bounds bounds) throws IOException {
    try (AuditWriter writer = open(bounds)) {
      for (int i = 1; i < lines; i++) {
        writer.append(List.of(new Timed(admin("user/alice", "r-" + i), NOON.plusSeconds(i))));
        writer.sync();
      }
    }
  }

  List<Path> files() throws IOException {
    return AuditFiles.list(path);
  }

  Path file() throws IOException {
    return files().get(files().size() - 1);
  }

  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files()) {
      lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
    }
    return lines;
  }

  List<AuditLine> parsed() throws IOException {
    List<AuditLine> lines = new ArrayList<>();
    AuditFolder.of(path).forEach((line, text) -> lines.add(line));
    return lines;
  }

  AuditProof verify() throws IOException {
    return AuditFolder.of(path).verify(List.of());
  }
}
