package dev.holdfast.cli.imports.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/** Finds the place at which a file violates its encoding. */
final class NotText {
  private static final char REPLACED = '\uFFFD';

  private NotText() {}

  static UnreadableFileException where(SourceFile file, ReadingOptions options) throws IOException {
    try (InputStreamReader text =
            TextEncoding.decode(file.content(), options.encoding(), CodingErrorAction.REPLACE);
        BufferedReader lines = new BufferedReader(text)) {
      return new UnreadableFileException(
          "%s, line %d is not %s: save it as UTF-8, or name what it is, such as --encoding windows-1252"
              .formatted(file, firstReplaced(lines), Charset.forName(text.getEncoding())));
    }
  }

  private static long firstReplaced(BufferedReader lines) throws IOException {
    long number = 1;
    String line = lines.readLine();
    while (line != null && line.indexOf(REPLACED) < 0) {
      number++;
      line = lines.readLine();
    }
    return number;
  }
}
