package dev.holdfast.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.drill.report.Counts;
import dev.holdfast.cli.drill.report.PhaseRow;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultTableTest {
  @Test
  void shouldGiveEachFaultANameOfItsOwnAndALimit() {
    assertThat(Faults.all()).extracting(Fault::name).doesNotHaveDuplicates();
    assertThat(Faults.all()).allMatch(fault -> fault.name().matches("[a-z-]+"));
    assertThat(Faults.all()).allMatch(fault -> fault.silenceMax().toSeconds() >= 5);
  }

  @Test
  void shouldChooseFaultsByNameAndSayWhichThereIsNot() {
    assertThat(Faults.named(List.of())).hasSameSizeAs(Faults.all());
    assertThat(Faults.named(List.of("cut-pair", "kill-all")))
        .extracting(Fault::name)
        .containsExactlyInAnyOrder("cut-pair", "kill-all");
    assertThatThrownBy(() -> Faults.named(List.of("kill-all", "kil-leader")))
        .hasMessageContaining("kil-leader");
  }

  @Test
  void shouldPairFaultsThatOneClusterCanHave() {
    List<Fault> pairs = Faults.pairs(Faults.all(), 30, new Random(1));

    assertThat(pairs).hasSize(30);
    for (Fault pair : pairs) {
      List<Fault> both = Faults.named(List.of(pair.name().split("\\+")));
      assertThat(both).hasSize(2).allMatch(fault -> fault.setting() == pair.setting());
    }
    assertThat(Faults.pairs(Faults.all(), 30, new Random(1)))
        .extracting(Fault::name)
        .isEqualTo(pairs.stream().map(Fault::name).toList());
  }

  @Test
  void shouldStrikeASecureClusterWithWhatNeedsNothingElse() {
    List<Fault> secured =
        Faults.secured(Faults.named(List.of("kill-leader", "slow-disk", "rotate-ca")));

    assertThat(secured).extracting(Fault::name).containsExactly("kill-leader", "rotate-ca");
    assertThat(secured).allMatch(fault -> fault.setting() == Setting.SECURE);
    assertThat(secured).extracting(Fault::unfelt).containsExactly(false, true);
  }

  @Test
  void shouldFailARotationThatCallersFeel() {
    Fault fault = Faults.named(List.of("rotate-ca")).get(0);
    List<Long> terms = List.of(3L, 4L, 3L);

    assertThat(run(fault, 1.0, new Counts(95, 5, 0, 0)).unfelt(terms, terms).held()).isTrue();
    assertThat(run(fault, 1.0, new Counts(95, 4, 1, 0)).unfelt(terms, terms).problems())
        .containsExactly("1 operations were refused undecided, and the outcome of 0 is unknown");
    assertThat(run(fault, 1.0, new Counts(95, 4, 0, 1)).unfelt(terms, terms).held()).isFalse();
    assertThat(
            run(fault, 1.0, new Counts(95, 5, 0, 0)).unfelt(terms, List.of(3L, 4L, 4L)).problems())
        .containsExactly("a leader was elected: terms [3, 4, 3] became [3, 4, 4]");
  }

  @Test
  void shouldReadOptionsAndSayWhichIsWrong() {
    Options options = Options.parse(new String[] {"--minutes", "5", "--only", "a,b", "--pairs"});

    assertThat(options.limit).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.only).containsExactly("a", "b");
    assertThat(options.pairs).isTrue();
    assertThatThrownBy(() -> Options.parse(new String[] {"--minute", "5"}))
        .hasMessageContaining("--minute");
    assertThatThrownBy(() -> Options.parse(new String[] {"--seed"})).hasMessageContaining("value");
    assertThatThrownBy(() -> Options.parse(new String[] {"--seed", "x"})).hasMessageContaining("x");
  }

  @Test
  void shouldSumUpTheRunsOfAFault() {
    Fault fault = Faults.named(List.of("kill-leader")).get(0);
    FaultReport report =
        new FaultReport(
            List.of(
                run(fault, 3.0, List.of()),
                run(fault, 1.0, List.of()),
                run(fault, 2.0, List.of())));

    assertThat(report.markdown())
        .contains("| kill-leader | ")
        .contains(" | 3 | 6 | 300 | 9 | 6 | 0 | 2.0 | 3.0 | 20 | held |");
    assertThat(report.text()).contains("1 faults, 300 operations, 0 violations");
  }

  @Test
  void shouldTellOfAViolation() {
    Fault fault = Faults.named(List.of("kill-leader")).get(0);
    FaultReport report = new FaultReport(List.of(run(fault, 1.0, List.of("LOST: something"))));

    assertThat(report.markdown()).contains(" | 1 | 1.0 | 1.0 | 20 | FAILED |");
    assertThat(report.json()).contains("\"verdict\": \"FAILED\"");
  }

  private static DrillRun run(Fault fault, double silence, List<String> problems) {
    DrillRun run = run(fault, silence, new Counts(95, 0, 3, 2));
    return new DrillRun(fault, run.seed(), run.blows(), null, run.rows(), problems);
  }

  private static DrillRun run(Fault fault, double silence, Counts counts) {
    PhaseRow row =
        new PhaseRow(PhaseRow.WHOLE_RUN, 0, 20, counts, new PhaseRow.Pace(5, 1.0, 2.0), silence);
    return new DrillRun(fault, 7, 2, null, List.of(row), List.of());
  }
}
