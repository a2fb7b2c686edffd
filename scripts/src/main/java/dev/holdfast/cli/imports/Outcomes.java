package dev.holdfast.cli.imports;

import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives the outcome of each line, exactly once, on the thread of the lanes. */
interface Outcomes {
  /** These are about to be sent, under these keys for the first time in this run. */
  default void sending(List<FileMovement> movements) {}

  /**
   * A line was taken.
   *
   * @param position where it stands; null when that was in an earlier run, by the local record
   */
  void accepted(FileMovement movement, @Nullable Position position);

  void refused(FileMovement movement, String reason, String message);

  /** It was refused, and goes on under its next key. */
  default void refusedAgain(FileMovement movement) {}

  void malformed(long line, String message);

  /** It may or may not have happened, or was not tried any more. */
  void undecided(FileMovement movement, String reason, String message);
}
