package dev.holdfast.cli.imports.file;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The reading options of a file.
 *
 * @param delimiter null: by a line sep=, or by the header
 * @param encoding null: by the byte order mark, else UTF-8
 * @param quotes whether quotes hold cells together
 */
public record ReadingOptions(
    @Nullable Character delimiter, @Nullable Charset encoding, boolean quotes) {
  /** The options that the file itself determines. */
  public static final ReadingOptions USUAL = new ReadingOptions(null, null, true);
}
