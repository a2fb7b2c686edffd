package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A usage error is two lines: what is wrong, and the way to the help. */
final class UsageErrorsTest {
  @ParameterizedTest
  @ValueSource(strings = {"stok --help", "--help stok", "stok", "stok get Oslo TEA-1", "stok -h"})
  void shouldRefuseAnUnknownCommandWithTheNearestNames(String arguments) {
    CliRun run = CliRun.of(arguments.split(" ", -1));

    assertThat(run).returns(2, CliRun::code).returns("", CliRun::out);
    assertThat(run.err().lines())
        .containsExactly(
            "holdfast: there is no command 'stok'; did you mean stock, store?",
            "see holdfast --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stock gett --help", "stock gett Oslo TEA-1"})
  void shouldRefuseAnUnknownCommandOfAGroup(String arguments) {
    CliRun run = CliRun.of(arguments.split(" ", -1));

    assertThat(run).returns(2, CliRun::code).returns("", CliRun::out);
    assertThat(run.err())
        .startsWith("holdfast stock: there is no command 'gett'; did you mean get")
        .endsWith("\nsee holdfast stock --help\n");
  }

  @Test
  void shouldNameTheCommandsOfAGroupThatIsAlone() {
    CliRun run = CliRun.of("store");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err())
        .startsWith("holdfast store: needs one of its commands: ")
        .contains("freeze, unfreeze");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stock get Oslo",
        "stock get Oslo TEA-1 --nowhere",
        "stock get Oslo TEA-1 three",
        "stock list --all -o xml",
        "stock adjust Oslo TEA-1 many --reason sale",
        "watch --limit",
      })
  void shouldSayWhatIsWrongInTwoLines(String arguments) {
    CliRun run = CliRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

    assertThat(run).returns(2, CliRun::code).returns("", CliRun::out);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).startsWith("holdfast").contains("\nsee holdfast").endsWith(" --help\n");
  }
}
