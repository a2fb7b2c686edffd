package dev.holdfast.cli.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source of movements. */
interface MovementSource extends AutoCloseable {
  /**
   * Returns the next movement; null at the end. After a malformed line, reading continues with the
   * next one.
   *
   * @throws MalformedLineException for a line that is no movement
   */
  @Nullable FileMovement next() throws IOException, MalformedLineException;

  /** The number of the last line read. */
  long line();

  @Override
  void close() throws IOException;
}
