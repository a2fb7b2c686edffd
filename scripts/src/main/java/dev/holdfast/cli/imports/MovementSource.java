package dev.holdfast.cli.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source of movements. */
interface MovementSource extends AutoCloseable {
  /**
   * The next movement; null at the end. After a malformed line, reading goes on behind it.
   *
   * @throws MalformedLineException for a line that is no movement
   */
  @Nullable FileMovement next() throws IOException, MalformedLineException;

  /** Number of the line that was read last. */
  long line();

  @Override
  void close() throws IOException;
}
