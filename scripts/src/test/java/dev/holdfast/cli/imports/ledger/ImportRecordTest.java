package dev.holdfast.cli.imports.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ImportRecordTest {
  private static final FileVersion MONDAY = new FileVersion("shop.csv", "c1", "r1");
  private static final FileVersion TUESDAY = new FileVersion("", "c2", "r1");

  private final ImportRecord begun = ImportRecord.begun("shop", MONDAY, 100);

  /** A run that was stopped early must not hide from the next one how far the log had got. */
  @Test
  void shouldNeverGoBackInWhereItEnded() {
    ImportRecord ended =
        begun.ended(true, Map.of(0, 50L, 1, 7L)).ended(true, Map.of(0, 40L, 2, 3L));

    assertThat(ended.run().ends()).isEqualTo(Map.of(0, 50L, 1, 7L, 2, 3L));
  }

  @Test
  void shouldKnowEveryVersionOfItsFile() {
    ImportRecord gone = begun.goesOnWith(TUESDAY, 200);

    assertThat(gone.versions()).containsExactlyInAnyOrder("c1-r1", "c2-r1");
    assertThat(gone.path()).isEqualTo("shop.csv");
    assertThat(gone.startedMillis()).isEqualTo(100);
    assertThat(gone.usedMillis()).isEqualTo(200);
  }

  /** Refused lines are tried under new keys once a round, not once a run. */
  @Test
  void shouldBeginARoundOnlyWhenTheOneBeforeIsDone() {
    ImportRecord first = begun.inNextRound();
    assertThat(first.run().rounds()).isEqualTo(1);
    assertThat(first.inNextRound().run().rounds()).isEqualTo(1);

    ImportRecord done = first.ended(true, Map.of());
    assertThat(done.inNextRound().run().rounds()).isEqualTo(2);
    assertThat(done.unfinished().run().finished()).isFalse();
  }
}
