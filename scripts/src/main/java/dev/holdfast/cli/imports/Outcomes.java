package dev.holdfast.cli.imports;

import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives the outcome of each line, exactly once, on the thread of the lanes. */
interface Outcomes {
  /** Movements are about to be sent, for the first time in this run under these keys. */
  default void sending(List<FileMovement> movements) {}

  /**
   * A line was taken.
   *
   * @param position its place in the log; null when the local record says that an earlier run sent
   *     it
   */
  void accepted(FileMovement movement, @Nullable Position position);

  void refused(FileMovement movement, String reason, String message);

  /** A line was refused, and is retried under its next key. */
  default void refusedAgain(FileMovement movement) {}

  void malformed(long line, String message);

  /** A line may or may not have taken effect, or was not tried any more. */
  void undecided(FileMovement movement, String reason, String message);
}
