package dev.holdfast.cli.imports.ledger;

import com.google.common.hash.Hashing;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The outcomes of an import's lines, by key, in an append-only file. A key is written before it is
 * sent and again when its outcome is known. Used by one thread at a time.
 */
public final class LineJournal implements AutoCloseable {
  static final int KEYS_MAX = 10_000_000;

  static final char RUN = 'T';
  static final char SENT = 'S';
  static final char TAKEN = 'A';
  static final char REFUSED = 'R';
  static final char END = ';';

  private final int prefixLength;
  private final Seen settled;
  private final BufferedWriter out;

  /**
   * Begins a run.
   *
   * @param before the outcomes in the journal so far
   * @param prefixLength length of the prefix that all keys of the import share, which need not be
   *     noted
   */
  public LineJournal(Path file, Fates before, int prefixLength, long now) throws IOException {
    this.prefixLength = prefixLength;
    settled = before.settled();
    out =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    out.write("\n" + RUN + now + END + "\n"); // after a line that a crash may have cut off
    out.flush();
  }

  /** Records a key before it is sent; {@link #flush} writes it to the file. */
  public void sent(String key) {
    note(SENT, key);
  }

  public void taken(String key) {
    settle(TAKEN, key);
  }

  public void refused(String key) {
    settle(REFUSED, key);
  }

  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void settle(char what, String key) {
    note(what, key);
    settled.add(hash(key.substring(prefixLength)));
  }

  private void note(char what, String key) {
    String own = key.substring(prefixLength);
    if (settled.contains(hash(own))) {
      return;
    }
    try {
      out.write(what + own + END + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long hash(String key) {
    return Hashing.farmHashFingerprint64().hashString(key, StandardCharsets.UTF_8).asLong();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
