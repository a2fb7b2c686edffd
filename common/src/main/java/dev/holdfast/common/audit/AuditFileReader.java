package dev.holdfast.common.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file of a stream line by line, whatever is in it. */
final class AuditFileReader implements AutoCloseable {
  private final InputStream content;
  private boolean isWhole = true;
  private long position;

  AuditFileReader(Path file) throws IOException {
    content = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /** The next line without its end, cut at a bound; null at the end of the file. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    int octet = read();
    boolean isEnd = octet < 0;
    while (octet >= 0 && octet != '\n') {
      if (line.size() < AuditLine.BYTES_MAX) {
        line.write(octet);
      }
      octet = read();
    }
    isWhole = octet >= 0;
    return isEnd ? null : line.toByteArray();
  }

  private int read() throws IOException {
    int octet = content.read();
    if (octet >= 0) {
      position++;
    }
    return octet;
  }

  /** Bytes up to here. */
  long position() {
    return position;
  }

  /** Whether the line that was read last has an end; only the last of a file may lack it. */
  boolean isWhole() {
    return isWhole;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
