package dev.holdfast.cli.imports.file;

import com.google.common.io.CountingInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file, plain or gzip, that can be read more than once, with the position of the last reading.
 * Piped input goes into a temporary file first, because it must be inspected as a whole before any
 * of it is imported.
 */
public final class SourceFile implements AutoCloseable {
  /** Stands for the standard input. */
  public static final Path STDIN = Path.of("-");

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;

  private final Path given;
  private final Path stored;
  private final boolean temporary;
  private final long bytes;
  private volatile @Nullable CountingInputStream raw;

  private SourceFile(Path given, Path stored, boolean temporary) throws IOException {
    this.given = given;
    this.stored = stored;
    this.temporary = temporary;
    bytes = Files.size(stored);
  }

  /** Opens a file; throws UnreadableFileException if it cannot be read. */
  public static SourceFile open(Path path) throws IOException {
    if (!path.equals(STDIN) && !Files.isReadable(path)) {
      throw new UnreadableFileException(path + " cannot be read");
    }
    if (Files.isDirectory(path)) {
      throw new UnreadableFileException(path + " is a directory");
    }
    return !path.equals(STDIN) && Files.isRegularFile(path)
        ? new SourceFile(path, path, false)
        : spooled(path);
  }

  private static SourceFile spooled(Path path) throws IOException {
    Path copy = Files.createTempFile("holdfast-import-", ".tmp");
    copy.toFile().deleteOnExit();
    try (InputStream in = path.equals(STDIN) ? System.in : Files.newInputStream(path)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return new SourceFile(path, copy, true);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  /** The content from its beginning, decompressed. An early end of gzip data is an EOFException. */
  public InputStream content() throws IOException {
    CountingInputStream counting = new CountingInputStream(Files.newInputStream(stored));
    raw = counting;
    InputStream buffered = new BufferedInputStream(counting, BUFFER_BYTES);
    try {
      return isGzip(buffered) ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered;
    } catch (EOFException e) {
      buffered.close();
      throw new UnreadableFileException(given + ": the gzip data end within their header");
    }
  }

  /** The real path of the file; empty for piped input. */
  public Optional<Path> location() throws IOException {
    return temporary ? Optional.empty() : Optional.of(stored.toRealPath());
  }

  /** Whether a path leads to this file, also through links. */
  public boolean isSame(Path other) throws IOException {
    return !temporary && Files.exists(other) && Files.isSameFile(stored, other);
  }

  /** The size on disk. */
  public long bytes() {
    return bytes;
  }

  /** The number of bytes read so far. For any thread; the answer may be a moment old. */
  public long bytesRead() {
    CountingInputStream reading = raw;
    return reading == null ? 0 : reading.getCount();
  }

  private static boolean isGzip(InputStream buffered) throws IOException {
    buffered.mark(2);
    boolean gzip = buffered.read() == GZIP_MAGIC_1 && buffered.read() == GZIP_MAGIC_2;
    buffered.reset();
    return gzip;
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Files.deleteIfExists(stored);
    }
  }

  @Override
  public String toString() {
    return given.equals(STDIN) ? "standard input" : given.toString();
  }
}
