package dev.holdfast.store.state.fault;

import java.nio.file.Path;

/** Advice for operators about files that cannot be read. */
public final class WayOut {
  private WayOut() {}

  /**
   * As the end of a sentence.
   *
   * @param directory of a partition, or of the whole node
   */
  public static String of(Path directory) {
    return "delete " + directory + " and start again: what it held then comes back from the peers";
  }
}
