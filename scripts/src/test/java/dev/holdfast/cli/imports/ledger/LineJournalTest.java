package dev.holdfast.cli.imports.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineJournalTest {
  private static final int PREFIX = "i-x-".length();

  @TempDir Path directory = Path.of("");

  @Test
  void shouldTellWhatBecameOfLines() throws IOException {
    run(
        1_000,
        journal -> {
          journal.sent("i-x-taken");
          journal.sent("i-x-refused");
          journal.sent("i-x-old");
          journal.taken("i-x-taken");
          journal.refused("i-x-refused");
        });
    run(2_000, journal -> journal.sent("i-x-young"));

    Fates fates = Fates.read(file(), 1_500L);

    assertThat(fates.of("taken")).isEqualTo(Fate.TAKEN);
    assertThat(fates.of("refused")).isEqualTo(Fate.REFUSED);
    assertThat(fates.of("old")).isEqualTo(Fate.UNKNOWN);
    assertThat(fates.of("young")).as("the nodes still know").isNull();
    assertThat(fates.of("never")).isNull();
  }

  @Test
  void shouldNoteASettledLineOnce() throws IOException {
    for (int i = 0; i < 3; i++) {
      run(
          1_000,
          journal -> {
            journal.sent("i-x-a");
            journal.taken("i-x-a");
          });
    }

    assertThat(Files.readAllLines(file())).filteredOn(line -> line.contains("a;")).hasSize(2);
  }

  @Test
  void shouldNotReadALineThatACrashCutOff() throws IOException {
    Files.writeString(file(), "T1000;\nSa.1;\nSa.12;\nAa.12");
    run(2_000, journal -> journal.sent("i-x-b"));

    Fates fates = Fates.read(file(), 5_000L);

    assertThat(fates.of("a.1")).isEqualTo(Fate.UNKNOWN);
    assertThat(fates.of("a.12")).isEqualTo(Fate.UNKNOWN);
    assertThat(fates.of("b")).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void shouldSeeEachNumberOnce() {
    Random random = new Random(5);
    Seen seen = new Seen(1_000_000);
    Set<Long> model = new HashSet<>();
    seen.add(0);
    model.add(1L); // stands for 0
    for (int i = 0; i < 100_000; i++) {
      long number = random.nextInt(60_000) + 1L;
      assertThat(seen.contains(number)).isEqualTo(model.contains(number));
      assertThat(seen.add(number)).isEqualTo(model.add(number));
    }
    assertThat(seen.count()).isEqualTo(model.size());
  }

  private void run(long now, java.util.function.Consumer<LineJournal> notes) throws IOException {
    try (LineJournal journal = new LineJournal(file(), Fates.read(file(), null), PREFIX, now)) {
      notes.accept(journal);
    }
  }

  private Path file() {
    return directory.resolve("x.lines");
  }
}
