package dev.holdfast.cli.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a line into its fields. Line by line, so that a quote that is never closed spoils one
 * line and not the rest of the file. In tab-separated files a quote is a character like any other.
 */
final class Fields {
  private static final char QUOTE = '"';

  private final char delimiter;
  private final boolean quotes;
  private final CsvReader.CsvReaderBuilder quoted;

  Fields(char delimiter) {
    this.delimiter = delimiter;
    quotes = delimiter != '\t';
    quoted = CsvReader.builder().fieldSeparator(delimiter).allowUnclosedQuote(false);
  }

  /** The fields of a line, or why it has none. */
  List<String> of(String line) throws MalformedLineException {
    return quotes && line.indexOf(QUOTE) >= 0 ? quoted(line) : plain(line);
  }

  private List<String> plain(String line) {
    List<String> fields = new ArrayList<>();
    int from = 0;
    for (int at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, from)) {
      fields.add(line.substring(from, at));
      from = at + 1;
    }
    fields.add(line.substring(from));
    return fields;
  }

  private List<String> quoted(String line) throws MalformedLineException {
    try {
      CsvRecord record = quoted.ofSingleCsvRecord(line);
      return record.getFields();
    } catch (CsvParseException e) {
      throw new MalformedLineException("the quotes do not match");
    }
  }
}
