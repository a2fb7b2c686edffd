package dev.holdfast.cli.imports;

import dev.holdfast.cli.imports.ledger.Fate;
import dev.holdfast.cli.imports.ledger.Fates;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines of earlier runs whose keys the nodes may have forgotten. Sent again, they could count
 * twice, so the journal decides.
 */
final class PastLines {
  /** No earlier lines, or lines that the nodes remember. */
  static final PastLines NONE = new PastLines(null, 0, 0);

  private final @Nullable Fates fates;
  private final int prefixLength;
  private final int rounds;

  /**
   * @param fates null when the nodes remember all keys
   * @param prefixLength length of the prefix that all keys of the import share
   * @param rounds number of times that refused lines are retried under new keys
   */
  PastLines(@Nullable Fates fates, int prefixLength, int rounds) {
    this.fates = fates;
    this.prefixLength = prefixLength;
    this.rounds = rounds;
  }

  /** The movement under the first key that may be sent; null when it must not be sent. */
  @Nullable FileMovement unsent(FileMovement movement) {
    FileMovement last = last(movement);
    Fate fate = fateOf(last);
    return fate == null ? last : null;
  }

  /** The fate of the last key under which the movement was sent; null when unknown here. */
  @Nullable Fate fateOfLast(FileMovement movement) {
    return fateOf(last(movement));
  }

  /** The outcome to report for a movement that must not be sent. */
  Consumer<Outcomes> outcomeOf(FileMovement movement) {
    FileMovement last = last(movement);
    Fate fate = fateOf(last);
    if (fate == Fate.TAKEN) {
      return outcomes -> outcomes.accepted(last, null);
    }
    return fate == Fate.REFUSED
        ? outcomes ->
            outcomes.refused(
                last, "REFUSED_BEFORE", "in an earlier run; --retry-refused tries it anew")
        : outcomes ->
            outcomes.undecided(
                last,
                "FORGOTTEN",
                "was sent by an earlier run, which did not learn its outcome, and by now the nodes"
                    + " may have forgotten it: look at the item's history");
  }

  private FileMovement last(FileMovement movement) {
    FileMovement last = movement;
    while (fateOf(last) == Fate.REFUSED && last.tries() < rounds) {
      last = last.triedAnew();
    }
    return last;
  }

  private @Nullable Fate fateOf(FileMovement movement) {
    return fates == null ? null : fates.of(movement.sentKey().substring(prefixLength));
  }
}
