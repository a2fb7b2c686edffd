package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.imports.ledger.Fate;
import dev.holdfast.cli.imports.ledger.Fates;
import dev.holdfast.cli.imports.ledger.LineJournal;
import dev.holdfast.proto.inventory.v1.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal that a run leaves, at whatever moment it ends. */
final class RememberedOutcomesTest {
  private static final long LATER = 5_000;

  @TempDir Path directory = Path.of("");
  private final RecordedOutcomes told = new RecordedOutcomes();
  private final List<@Nullable Fate> whenSent = new ArrayList<>();

  /** What the next run would believe of a line. */
  private @Nullable Fate fateOf(Movement movement) {
    try {
      return Fates.read(directory.resolve("x.lines"), LATER).of(movement.sentKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LineJournal journal() throws IOException {
    Path file = directory.resolve("x.lines");
    return new LineJournal(file, Fates.read(file, null), 0, 1_000);
  }

  @Test
  void shouldKnowOfALineBeforeItIsSent() throws IOException {
    Movement sale = Movements.sale(1, "tea", 2);
    try (LineJournal journal = journal()) {
      new RememberedOutcomes(new Sending(), journal).sending(List.of(sale));

      assertThat(whenSent).containsExactly(Fate.UNKNOWN);
    }
  }

  /** Looks into the journal when lines are about to be sent. */
  private final class Sending implements Outcomes {
    @Override
    public void sending(List<Movement> movements) {
      movements.forEach(movement -> whenSent.add(fateOf(movement)));
    }

    @Override
    public void accepted(Movement movement, @Nullable Position position) {}

    @Override
    public void refused(Movement movement, String reason, String message) {}

    @Override
    public void malformed(long line, String message) {}

    @Override
    public void undecided(Movement movement, String reason, String message) {}
  }

  @Test
  void shouldKnowWhatBecameOfLines() throws IOException {
    Movement taken = Movements.sale(1, "tea", 2);
    Movement refused = Movements.sale(2, "tea", 2);
    Movement open = Movements.sale(3, "tea", 2);
    try (LineJournal journal = journal()) {
      RememberedOutcomes outcomes = new RememberedOutcomes(told, journal);
      outcomes.sending(List.of(taken, refused, open));
      outcomes.accepted(taken, Position.getDefaultInstance());
      outcomes.refused(refused, "INSUFFICIENT_STOCK", "too few");
      outcomes.undecided(open, "NO_LEADER", "nobody leads");
    }

    assertThat(fateOf(taken)).isEqualTo(Fate.TAKEN);
    assertThat(fateOf(refused)).isEqualTo(Fate.REFUSED);
    assertThat(fateOf(open)).isEqualTo(Fate.UNKNOWN);
    assertThat(told.byLine).hasSize(3);
  }
}
