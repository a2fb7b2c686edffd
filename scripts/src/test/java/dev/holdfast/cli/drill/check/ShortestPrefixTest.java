package dev.holdfast.cli.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.HistoryFile;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.cli.drill.workload.RandomRequests.Mix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShortestPrefixTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int CLIENTS = 6;
  private static final int RUNS = 10;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void shouldStillShowThePlantedBug(Bug bug) {
    int runs = 0;
    int shorter = 0;
    for (int seed = 0; runs < RUNS; seed++) {
      SimulatedRun run = SimulatedRun.of(seed, Mix.EVERYTHING, CLIENTS, 300, bug);
      List<Finding> findings = Witness.check(run.history(), run.log(), Settings.DEFAULT);
      if (findings.isEmpty()) {
        continue;
      }
      runs++;
      Finding whole = findings.get(0);
      ShortestPrefix.Prefix prefix =
          ShortestPrefix.of(run.history(), run.log(), whole, Settings.DEFAULT, LIMIT);

      assertThat(Witness.check(prefix.history(), prefix.log(), Settings.DEFAULT))
          .as("seed %d", seed)
          .contains(prefix.finding());
      assertThat(prefix.finding().breach()).as("seed %d", seed).isEqualTo(whole.breach());
      shorter += prefix.history().size() < run.history().size() * 9 / 10 ? 1 : 0;
    }

    assertThat(shorter).as("runs cut by a tenth at least").isGreaterThan(RUNS / 3);
  }

  @Test
  void shouldEndWhenTheCallThatShowsItEnds() {
    SimulatedRun run = SimulatedRun.of(2, Mix.ITEMS_AND_RESERVATIONS, CLIENTS, 300, Bug.NONE);
    List<Call> calls = new ArrayList<>(run.history().calls());
    Call wrong = Reordered.adjusted(calls).get(5);
    calls.set(calls.indexOf(wrong), wrong.with(Outcome.Undecided.NOT_TRIED));
    History history = History.of(calls);
    Finding finding = Witness.check(history, run.log(), Settings.DEFAULT).get(0);

    ShortestPrefix.Prefix prefix =
        ShortestPrefix.of(history, run.log(), finding, Settings.DEFAULT, LIMIT);

    assertThat(prefix.finding().breach()).isEqualTo(Breach.UNASKED);
    assertThat(prefix.history().calls())
        .allMatch(call -> call.beginNanos() <= wrong.endNanos())
        .allMatch(call -> call.endNanos() <= wrong.endNanos() || call.endNanos() == Call.NEVER);
  }

  @Test
  void shouldBeReadFromAFile() throws Exception {
    SimulatedRun run = SimulatedRun.of(1, Mix.EVERYTHING, CLIENTS, 300, Bug.OVERSOLD);
    Finding finding = Witness.check(run.history(), run.log(), Settings.DEFAULT).get(0);
    ShortestPrefix.Prefix prefix =
        ShortestPrefix.of(run.history(), run.log(), finding, Settings.DEFAULT, LIMIT);
    Path file = directory.resolve("failing.jsonl.gz");

    HistoryFile.write(file, prefix.history(), prefix.log());
    HistoryFile.Content read = HistoryFile.read(file);

    assertThat(Witness.check(read.history(), read.log(), Settings.DEFAULT))
        .extracting(Finding::breach)
        .contains(finding.breach());
  }

  @Test
  void shouldReturnTheWholeHistoryForAFindingThatNoPrefixShows() {
    SimulatedRun run = SimulatedRun.of(1, Mix.EVERYTHING, CLIENTS, 100, Bug.NONE);
    Finding elsewhere = new Finding(Breach.LOST, "found by another checker", List.of());

    ShortestPrefix.Prefix prefix =
        ShortestPrefix.of(run.history(), run.log(), elsewhere, Settings.DEFAULT, LIMIT);

    assertThat(prefix.history()).isSameAs(run.history());
    assertThat(prefix.finding()).isEqualTo(elsewhere);
  }
}
