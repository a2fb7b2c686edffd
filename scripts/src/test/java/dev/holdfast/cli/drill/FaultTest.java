package dev.holdfast.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.drill.run.Timeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "leader killed=kill -9 5, leader killed, kill -9 5",
    "kill -9 5, kill -9 5, kill -9 5",
    "LANG=C kill -9 5, LANG=C kill -9 5, LANG=C kill -9 5",
    "cd x; A=1 run, cd x; A=1 run, cd x; A=1 run",
    "./run --node=a, ./run --node=a, ./run --node=a",
    "cut = ./cut --node=a, cut, ./cut --node=a",
  })
  void shouldBeNamedByItsCommandUnlessItHasAName(String text, String name, String command) {
    assertThat(Fault.parse(text)).isEqualTo(new Fault(name, command));
  }

  @Test
  void shouldKeepItsOutput() throws Exception {
    new Fault("a", "echo one").run(output(), LIMIT);
    new Fault("b", "echo two >&2").run(output(), LIMIT);

    assertThat(output()).hasContent("one\ntwo");
  }

  @Test
  void shouldFailWithWhatItSaid() {
    assertThatThrownBy(() -> new Fault("disk full", "echo no room; exit 3").run(output(), LIMIT))
        .isInstanceOf(FailedException.class)
        .hasMessage("--fault 'disk full' ended with 3:\n  no room");
  }

  @Test
  void shouldBeKilledWithItsChildrenWhenItDoesNotEnd() throws Exception {
    Path left = directory.resolve("left");
    Fault endless = new Fault("endless", "(sleep 3; touch " + left + ") & wait");

    assertThatThrownBy(() -> endless.run(output(), Duration.ofSeconds(1)))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("did not end within 1 s and was killed");
    Thread.sleep(3_000); // as long as it would have taken
    assertThat(Files.exists(left)).isFalse();
  }

  @Test
  void shouldStrikeInTurnAndLeaveTimeToRecover() throws Exception {
    Timeline timeline = new Timeline();
    List<Fault> faults = List.of(new Fault("a", "true"), new Fault("b", "true"));

    new Faults(faults, Duration.ofSeconds(1), Duration.ofSeconds(4), output()).strike(timeline);

    assertThat(timeline.phases()).extracting(Timeline.Phase::name).containsExactly("a", "b", "a");
    assertThat(timeline.phases()).allMatch(phase -> phase.endNanos() < System.nanoTime());
  }

  private Path output() {
    return directory.resolve("output");
  }
}
