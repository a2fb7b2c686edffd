package dev.holdfast.cli.imports;

import dev.holdfast.cli.imports.ledger.Fate;
import dev.holdfast.cli.imports.ledger.Fates;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines of earlier runs whose keys the nodes may have forgotten. Sent again, they would count
 * twice, so the journal decides.
 */
final class PastLines {
  /** There is no past, or the nodes remember it. */
  static final PastLines NONE = new PastLines(null, 0, 0);

  private final @Nullable Fates fates;
  private final int prefixLength;
  private final int rounds;

  /**
   * @param fates null when the nodes remember all keys
   * @param prefixLength of all keys of the import
   * @param rounds how often refused lines are tried anew
   */
  PastLines(@Nullable Fates fates, int prefixLength, int rounds) {
    this.fates = fates;
    this.prefixLength = prefixLength;
    this.rounds = rounds;
  }

  /** The movement under the first key that may be sent; null when none may. */
  @Nullable FileMovement unsent(FileMovement movement) {
    FileMovement last = last(movement);
    Fate fate = fateOf(last);
    return fate == null ? last : null;
  }

  /** Of the last key that it was sent with; null when there is none. */
  @Nullable Fate fateOfLast(FileMovement movement) {
    return fateOf(last(movement));
  }

  /** What to report of a movement that may not be sent. */
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
