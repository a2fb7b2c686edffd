package dev.holdfast.cli.imports;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import dev.holdfast.cli.imports.file.ReadingOptions;
import dev.holdfast.cli.imports.file.SourceFile;
import dev.holdfast.cli.imports.ledger.FileVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ObjLongConsumer;

/** A file and its reading options. */
record ImportFile(SourceFile source, ReadingOptions reading, Layout layout) {
  private static final int CONTENT_CHARS = 16;
  private static final int READING_CHARS = 8;

  /** Opens its movements, in order; the keys of the lines start with a prefix. */
  MovementSource movements(String keyPrefix) throws IOException {
    MovementReader reader = new MovementReader(source, reading, layout, new LineKeys(keyPrefix));
    String column = layout.orderBy();
    return column == null ? reader : new Ordering(reader, column);
  }

  /** Reads it once for its fingerprints. */
  FileVersion version() throws IOException {
    try (HashingInputStream content = new HashingInputStream(Hashing.sha256(), source.content())) {
      content.transferTo(OutputStream.nullOutputStream());
      String read = layout.description() + reading;
      return new FileVersion(
          source.location().map(Object::toString).orElse(""),
          content.hash().toString().substring(0, CONTENT_CHARS),
          Hashing.sha256()
              .hashString(read, StandardCharsets.UTF_8)
              .toString()
              .substring(0, READING_CHARS));
    }
  }

  /** Reads it to its end, so that an unreadable file is refused before anything is done. */
  Inspection inspect(ObjLongConsumer<String> onMalformed, PastLines past) throws IOException {
    try (MovementSource movements = movements("")) {
      return Inspection.of(movements, onMalformed, past);
    }
  }
}
