package dev.holdfast.cli.imports;

import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives the outcome of each line, exactly once, on the thread of the lanes. */
interface Outcomes {
  /** Tells nobody. */
  Outcomes NONE = new None();

  /** These are about to be sent, under these keys for the first time in this run. */
  default void sending(List<Movement> movements) {}

  /**
   * A line was taken.
   *
   * @param position where it stands; null when that was in an earlier run, by the local record
   */
  void accepted(Movement movement, @Nullable Position position);

  void refused(Movement movement, String reason, String message);

  /** It was refused, and goes on under its next key. */
  default void refusedAgain(Movement movement) {}

  void malformed(long line, String message);

  /** It may or may not have happened, or was not tried any more. */
  void undecided(Movement movement, String reason, String message);

  /** See {@link Outcomes#NONE}. */
  final class None implements Outcomes {
    private None() {}

    @Override
    public void accepted(Movement movement, @Nullable Position position) {}

    @Override
    public void refused(Movement movement, String reason, String message) {}

    @Override
    public void malformed(long line, String message) {}

    @Override
    public void undecided(Movement movement, String reason, String message) {}
  }
}
