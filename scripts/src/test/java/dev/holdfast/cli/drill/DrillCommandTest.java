package dev.holdfast.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DrillCommandTest {
  @ParameterizedTest
  @CsvSource({
    "--seconds 0, '--seconds must be 1 to 86400, was 0'",
    "--clients 0, '--clients must be 1 to 1000, was 0'",
    "--every 0, '--every must be 1 to 86400, was 0'",
    "--endpoint nowhere, '--endpoint: '",
    "--seconds 20 --fault true, '--seconds must be at least 30 for 1 fault(s) every 15 seconds'",
    "--fault leader=, '--fault has no command: '",
    "--fault=, '--fault has no command: '",
  })
  void shouldRefuseWhatCannotBe(String options, String why) {
    CliRun run = CliRun.of(("drill " + options).split(" ", -1));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("holdfast drill: " + why);
  }

  @Test
  void shouldFailWhenNobodyAnswers() {
    CliRun run = CliRun.of("drill", "--endpoint", "127.0.0.1:1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("cluster status");
  }
}
