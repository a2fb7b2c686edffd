package dev.holdfast.cli.imports;

import dev.holdfast.cli.imports.ledger.LineJournal;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes outcomes on, and records them in the journal of the import. */
final class RememberedOutcomes implements Outcomes {
  private final Outcomes outcomes;
  private final LineJournal journal;

  RememberedOutcomes(Outcomes outcomes, LineJournal journal) {
    this.outcomes = outcomes;
    this.journal = journal;
  }

  @Override
  public void sending(List<FileMovement> movements) {
    movements.forEach(movement -> journal.sent(movement.sentKey()));
    journal.flush();
    outcomes.sending(movements);
  }

  @Override
  public void accepted(FileMovement movement, @Nullable Position position) {
    if (position != null) {
      journal.taken(movement.sentKey());
    }
    outcomes.accepted(movement, position);
  }

  @Override
  public void refused(FileMovement movement, String reason, String message) {
    journal.refused(movement.sentKey());
    outcomes.refused(movement, reason, message);
  }

  @Override
  public void refusedAgain(FileMovement movement) {
    journal.refused(movement.sentKey());
    outcomes.refusedAgain(movement);
  }

  @Override
  public void malformed(long line, String message) {
    outcomes.malformed(line, message);
  }

  @Override
  public void undecided(FileMovement movement, String reason, String message) {
    outcomes.undecided(movement, reason, message);
  }
}
