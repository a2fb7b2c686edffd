package dev.holdfast.cli.imports.file;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file with a header, in the order of the file. A record may span lines: its line
 * is the one in which it begins. Empty records are left out. When records cannot be told apart, an
 * UnreadableFileException names the line.
 */
public final class Records implements AutoCloseable {
  /** The largest cell in characters: far above any description of an article. */
  static final int CELL_CHARS_MAX = 1 << 20;

  /** The number of characters within which the header must end if the delimiter is unknown. */
  private static final int HEADER_CHARS_MAX = 1 << 16;

  private static final char[] DELIMITERS = {',', ';', '\t'};
  private static final Pattern STARTING_AT = Pattern.compile("starting at line (\\d+)");
  private static final char NO_QUOTES = '\0';

  private final SourceFile file;
  private final ReadingOptions options;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> header;
  private long linesBefore;
  private long lastLine = 1;

  private Records(SourceFile file, ReadingOptions options, Predicate<List<String>> fits)
      throws IOException {
    this.file = file;
    this.options = options;
    BufferedReader text =
        new BufferedReader(
            TextEncoding.decode(file.content(), options.encoding(), CodingErrorAction.REPORT),
            HEADER_CHARS_MAX);
    Character named = takeSeparatorLine(text);
    Character asked = options.delimiter();
    char delimiter = asked != null ? asked : named != null ? named : delimiterOf(peek(text), fits);
    records = reader(delimiter, text).iterator();
    header = headerCells();
  }

  /**
   * Reads up to the header.
   *
   * @param fits whether a header has the required columns; used to find the delimiter
   */
  public static Records open(SourceFile file, ReadingOptions options, Predicate<List<String>> fits)
      throws IOException {
    try {
      return new Records(file, options, fits);
    } catch (CharacterCodingException e) {
      throw NotText.where(file, options);
    } catch (EOFException e) {
      throw truncated(file, 0);
    }
  }

  public List<String> header() {
    return header;
  }

  /** The next record; null after the last. */
  public @Nullable Row next() throws IOException {
    Row row = read();
    while (row != null && row.isBlank()) {
      row = read();
    }
    return row;
  }

  private @Nullable Row read() throws IOException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CsvRecord csv = records.next();
      lastLine = linesBefore + csv.getStartingLineNumber();
      return new Row(lastLine, csv.getFields());
    } catch (CsvParseException e) {
      throw broken(e);
    } catch (UncheckedIOException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()));
    }
  }

  /** Reads the delimiter from a line {@code sep=;}, which spreadsheets write and read. */
  private @Nullable Character takeSeparatorLine(BufferedReader text) throws IOException {
    text.mark(8);
    char[] start = new char[5];
    int length = text.read(start, 0, start.length);
    if (length < start.length || !new String(start, 0, 4).equalsIgnoreCase("sep=")) {
      text.reset();
      return null;
    }
    String rest = text.readLine();
    if (rest != null && !rest.isBlank()) {
      throw new UnreadableFileException("line 1: after sep= stands more than one character");
    }
    linesBefore = 1;
    return start[4];
  }

  private static String peek(BufferedReader text) throws IOException {
    text.mark(HEADER_CHARS_MAX);
    char[] start = new char[HEADER_CHARS_MAX];
    int length = 0;
    int read = text.read(start, 0, start.length);
    while (read > 0 && length + read < start.length) {
      length += read;
      read = text.read(start, length, start.length - length);
    }
    text.reset();
    return new String(start, 0, length + Math.max(read, 0));
  }

  /**
   * The delimiter under which the header has the required columns; else the one that makes the most
   * columns.
   */
  private char delimiterOf(String start, Predicate<List<String>> fits) {
    char best = DELIMITERS[0];
    int most = 0;
    for (char delimiter : DELIMITERS) {
      List<String> cells = firstRecord(delimiter, start);
      if (fits.test(cells)) {
        return delimiter;
      }
      if (cells.size() > most) {
        best = delimiter;
        most = cells.size();
      }
    }
    return best;
  }

  private List<String> firstRecord(char delimiter, String start) {
    try {
      return reader(delimiter, new StringReader(start)).iterator().next().getFields();
    } catch (CsvParseException | NoSuchElementException e) {
      return List.of();
    }
  }

  private CsvReader<CsvRecord> reader(char delimiter, Reader text) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .quoteCharacter(options.quotes() ? '"' : NO_QUOTES)
        .allowUnclosedQuote(false)
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(CELL_CHARS_MAX)
        .ofCsvRecord(text);
  }

  private List<String> headerCells() throws IOException {
    Row row = next();
    if (row == null) {
      throw new UnreadableFileException(file + " is empty: the names of the columns are missing");
    }
    return row.cells();
  }

  private UnreadableFileException broken(CsvParseException e) {
    String what = String.valueOf(e.getMessage());
    Matcher place = STARTING_AT.matcher(what);
    long line = place.find() ? linesBefore + Long.parseLong(place.group(1)) : lastLine;
    return new UnreadableFileException(
        "line %d: %s; correct it, or use --no-quotes where quotes mean nothing"
            .formatted(line, why(what)));
  }

  private static String why(String what) {
    if (what.contains("Unexpected character")) {
      return "something stands behind a closing quote";
    }
    return what.contains("Unclosed") || what.contains("maximum buffer")
        ? "a quote opens a cell and is not closed within " + CELL_CHARS_MAX + " characters"
        : what;
  }

  private UnreadableFileException unreadable(IOException e) throws IOException {
    if (e instanceof CharacterCodingException) {
      return NotText.where(file, options);
    }
    if (e instanceof EOFException) {
      return truncated(file, lastLine);
    }
    throw e;
  }

  private static UnreadableFileException truncated(SourceFile file, long line) {
    return new UnreadableFileException(
        "%s: the gzip data are cut off%s: get the file again, or take what there is with: zcat FILE | holdfast import -"
            .formatted(file, line == 0 ? "" : " behind line " + line));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
