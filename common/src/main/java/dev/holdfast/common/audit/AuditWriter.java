package dev.holdfast.common.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to the files of a stream. One thread. A write that fails leaves the stream as it
 * was before: what stands behind the last good line is torn off before the next is written.
 */
final class AuditWriter implements AutoCloseable {
  /** An event and the time at which it happened. */
  record Timed(AuditEvent event, Instant time) {}

  /**
   * Bounds of the files.
   *
   * @param fileBytes size at which a file ends
   * @param fileAge age at which a file ends
   */
  record Bounds(long fileBytes, Duration fileAge, int filesMax, long bytesMax) {}

  private final Path directory;
  private final String node;
  private final Bounds bounds;
  private @Nullable FileChannel file;
  private Instant fileSince;
  private long length;
  private long nextSequence;
  private String hash;
  private boolean isTorn;
  private boolean isUnsynced;
  private boolean isTrimDue;

  private AuditWriter(Path directory, String node, Bounds bounds, AuditEnd end) {
    this.directory = directory;
    this.node = node;
    this.bounds = bounds;
    this.fileSince = end.fileSince();
    this.length = end.length();
    this.nextSequence = end.nextSequence();
    this.hash = end.hash();
  }

  /** Continues the stream in a directory, or begins one; says so in its first line. */
  static AuditWriter open(Path directory, String node, Bounds bounds, Instant now)
      throws IOException {
    AuditEnd end = AuditEnd.of(directory);
    AuditWriter writer = new AuditWriter(directory, node, bounds, end);
    if (end.file() != null) {
      writer.file = FileChannel.open(end.file(), StandardOpenOption.WRITE);
      writer.isTorn = true;
    }
    writer.append(List.of(new Timed(started(end), now)));
    writer.sync();
    return writer;
  }

  private static AuditEvent started(AuditEnd end) {
    Map<String, String> detail = new LinkedHashMap<>();
    if (end.tornBytes() > 0) {
      detail.put("torn_bytes", Long.toString(end.tornBytes()));
    }
    if (!end.damaged().isEmpty()) {
      detail.put("damaged", String.join(" ", end.damaged()));
    }
    return AuditEvent.ofNode(AuditKind.STARTED, AuditOutcome.DONE, detail);
  }

  /** Writes lines, all or none. */
  void append(List<Timed> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    FileChannel to = fileFor(events.get(0).time());
    if (isTorn) {
      to.truncate(length);
      isTorn = false;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream(events.size() * 512);
    long sequence = nextSequence;
    String last = hash;
    for (Timed event : events) {
      byte[] line = line(event, sequence++, last).toBytes();
      last = AuditLine.hash(line);
      lines.writeBytes(line);
      lines.write('\n');
    }
    isTorn = true;
    write(to, ByteBuffer.wrap(lines.toByteArray()));
    isTorn = false;
    isUnsynced = true;
    length += lines.size();
    nextSequence = sequence;
    hash = last;
  }

  private void write(FileChannel to, ByteBuffer lines) throws IOException {
    long position = length;
    while (lines.hasRemaining()) {
      position += to.write(lines, position);
    }
  }

  private AuditLine line(Timed timed, long sequence, String previous) {
    AuditEvent event = timed.event();
    return new AuditLine(
        sequence,
        timed.time(),
        node,
        event.kind().word(),
        event.outcome().word(),
        event.principal(),
        event.from(),
        event.requestId(),
        event.detail(),
        previous);
  }

  /** The file for the next lines: another one when this is large or old enough. */
  private FileChannel fileFor(Instant now) throws IOException {
    FileChannel open = file;
    boolean isOver = length >= bounds.fileBytes || !now.isBefore(fileSince.plus(bounds.fileAge));
    if (open != null && (length == 0 || !isOver)) {
      return open;
    }
    if (open != null) {
      endFile(open);
    }
    FileChannel next = AuditFiles.create(directory, nextSequence);
    file = next;
    fileSince = now;
    length = 0;
    isTorn = true; // of an attempt that failed after the file was made
    isTrimDue = true;
    return next;
  }

  private void endFile(FileChannel open) throws IOException {
    if (isTorn) {
      open.truncate(length);
      isTorn = false;
    }
    sync();
    open.close();
    file = null;
  }

  /** Makes sure that written lines survive a crash of the machine; then removes old files. */
  void sync() throws IOException {
    FileChannel open = file;
    if (open != null && isUnsynced) {
      open.force(false);
      isUnsynced = false;
    }
    if (isTrimDue) {
      AuditFiles.trim(directory, bounds.filesMax, bounds.bytesMax - bounds.fileBytes);
      isTrimDue = false;
    }
  }

  long lastSequence() {
    return nextSequence - 1;
  }

  String lastHash() {
    return hash;
  }

  @Override
  public void close() throws IOException {
    FileChannel open = file;
    if (open != null) {
      endFile(open);
    }
  }
}
