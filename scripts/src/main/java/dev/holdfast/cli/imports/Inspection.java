package dev.holdfast.cli.imports;

import dev.holdfast.cli.imports.ledger.Fate;
import java.io.IOException;
import java.util.List;

/** The contents of a file, inspected without a cluster. */
final class Inspection {
  private final Tally tally = new Tally();
  private final Outcomes outcomes;
  private final PastLines past;
  private long movements;

  /**
   * @param outcomes is told which lines are malformed
   * @param past what earlier runs did
   */
  Inspection(Outcomes outcomes, PastLines past) {
    this.outcomes = outcomes;
    this.past = past;
  }

  /** Returns false at the end. */
  boolean readNext(MovementSource source) throws IOException {
    try {
      Movement movement = source.next();
      if (movement == null) {
        return false;
      }
      Movement unsent = past.unsent(movement);
      Fate fate = unsent == null ? past.fateOfLast(movement) : null;
      tally.found(movement.kind(), fate == null ? "would be sent" : word(fate));
      movements++;
    } catch (MalformedLineException e) {
      tally.malformed();
      outcomes.malformed(source.line(), String.valueOf(e.getMessage()));
    }
    return true;
  }

  private static String word(Fate fate) {
    return switch (fate) {
      case TAKEN -> "taken before";
      case REFUSED -> "refused before";
      case UNKNOWN -> "sent before";
    };
  }

  long movements() {
    return movements;
  }

  long malformed() {
    return tally.decided();
  }

  List<Tally.Row> rows() {
    return tally.rows();
  }
}
