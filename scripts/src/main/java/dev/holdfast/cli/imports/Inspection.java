package dev.holdfast.cli.imports;

import dev.holdfast.cli.imports.ledger.Fate;
import java.io.IOException;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** The contents of a file, inspected without a cluster. */
final class Inspection {
  private final Tally tally = new Tally();
  private final ObjLongConsumer<String> onMalformed;
  private final PastLines past;
  private long movements;

  private Inspection(ObjLongConsumer<String> onMalformed, PastLines past) {
    this.onMalformed = onMalformed;
    this.past = past;
  }

  /**
   * Reads a source to its end.
   *
   * @param onMalformed gets the mistake and the number of each malformed line
   * @param past lines of earlier runs
   */
  static Inspection of(MovementSource source, ObjLongConsumer<String> onMalformed, PastLines past)
      throws IOException {
    Inspection inspection = new Inspection(onMalformed, past);
    boolean more = true;
    while (more) {
      more = inspection.readNext(source);
    }
    return inspection;
  }

  /** Returns false at the end. */
  private boolean readNext(MovementSource source) throws IOException {
    try {
      FileMovement movement = source.next();
      if (movement == null) {
        return false;
      }
      FileMovement unsent = past.unsent(movement);
      Fate fate = unsent == null ? past.fateOfLast(movement) : null;
      tally.found(movement.kind(), fate == null ? "would be sent" : word(fate));
      movements++;
    } catch (MalformedLineException e) {
      tally.malformed();
      onMalformed.accept(String.valueOf(e.getMessage()), source.line());
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
