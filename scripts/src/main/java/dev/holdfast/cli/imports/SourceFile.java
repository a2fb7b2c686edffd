package dev.holdfast.cli.imports;

import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import com.google.common.io.CountingInputStream;
import com.google.common.io.MoreFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file of movements, plain or compressed with gzip, and how far it has been read. */
final class SourceFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int FINGERPRINT_CHARS = 16;
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;

  private final Path path;
  private final long bytes;
  private final CountingInputStream raw;
  private final InputStream content;

  private SourceFile(Path path) throws IOException {
    this.path = path;
    bytes = Files.size(path);
    raw = new CountingInputStream(Files.newInputStream(path));
    InputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
    content = isGzip(buffered) ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered;
  }

  static SourceFile open(Path path) throws IOException {
    return new SourceFile(path);
  }

  /**
   * Names the content: the same content imported again, under whatever file name, gets the same
   * idempotency keys. Reads the file once.
   */
  static String fingerprint(Path path) throws IOException {
    ByteSource source = MoreFiles.asByteSource(path);
    return source.hash(Hashing.sha256()).toString().substring(0, FINGERPRINT_CHARS);
  }

  /** The content, decompressed. */
  InputStream content() {
    return content;
  }

  Path path() {
    return path;
  }

  /** Size on the disk. */
  long bytes() {
    return bytes;
  }

  /** How much of that has been read. May be asked by any thread; the answer may be a bit old. */
  long bytesRead() {
    return raw.getCount();
  }

  private static boolean isGzip(InputStream buffered) throws IOException {
    buffered.mark(2);
    boolean gzip = buffered.read() == GZIP_MAGIC_1 && buffered.read() == GZIP_MAGIC_2;
    buffered.reset();
    return gzip;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
