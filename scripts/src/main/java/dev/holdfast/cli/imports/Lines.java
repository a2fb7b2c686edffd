package dev.holdfast.cli.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text in UTF-8, with their numbers. A line that is too long comes as what fits: so
 * a file that is no text at all can not fill the memory.
 */
final class Lines {
  /** Far above what the fields of a movement can hold. */
  static final int CHARS_MAX = 16_384;

  private final Reader reader;
  private final char[] buffer = new char[1 << 16];
  private final StringBuilder line = new StringBuilder();
  private int next;
  private int end;
  private long number;

  Lines(InputStream content) {
    reader = new InputStreamReader(content, StandardCharsets.UTF_8);
  }

  /** Number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** The next line without its end; null after the last. */
  @Nullable String next() throws IOException {
    line.setLength(0);
    boolean any = false;
    while (fill()) {
      any = true;
      if (takeUntilNewline()) {
        break;
      }
    }
    if (!any) {
      return null;
    }
    number++;
    return text();
  }

  /** Whether there is something to take. */
  private boolean fill() throws IOException {
    if (next < end) {
      return true;
    }
    next = 0;
    end = reader.read(buffer);
    return end > 0;
  }

  private boolean takeUntilNewline() {
    int from = next;
    while (next < end && buffer[next] != '\n') {
      next++;
    }
    line.append(buffer, from, Math.min(next - from, CHARS_MAX + 1 - line.length()));
    boolean ended = next < end;
    if (ended) {
      next++;
    }
    return ended;
  }

  private String text() {
    int length = line.length();
    boolean carriageReturn = length > 0 && line.charAt(length - 1) == '\r';
    int from = number == 1 && length > 0 && line.charAt(0) == '\uFEFF' ? 1 : 0;
    return line.substring(from, carriageReturn ? length - 1 : length);
  }
}
