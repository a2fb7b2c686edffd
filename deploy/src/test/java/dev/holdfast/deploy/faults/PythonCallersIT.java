package dev.holdfast.deploy.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Kind;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.history.PackedCall;
import dev.holdfast.cli.drill.run.Drill;
import dev.holdfast.cli.drill.run.DrillPlan;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.drill.run.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers in Python and in Java on the same items of a cluster of processes, while its nodes are
 * killed: their calls are checked together.
 */
final class PythonCallersIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final int PORT_BASE = 17_400;
  private static final long SEED = 12;
  private static final int SECONDS_MAX = 240;
  private static final Duration TIME = Duration.ofSeconds(20);

  @TempDir static Path directory;

  @BeforeAll
  static void start() throws Exception {
    boolean available = PythonStubs.areAvailable();
    if (!"required".equals(System.getProperty("system.tests"))) {
      assumeTrue(available, "scripts/check/ensure-client-languages installs gRPC for Python");
    }
    cluster("up --insecure --without-aggregator --partitions 2 --port-base " + PORT_BASE);
  }

  @AfterAll
  static void stop() throws Exception {
    if (Files.exists(directory.resolve("cluster"))) {
      cluster("down");
      cluster("wipe --all");
    }
  }

  @Test
  void shouldKeepPromisesToCallersOfBothLanguagesWhileNodesAreKilled() throws Exception {
    List<String> endpoints = Stream.of(1, 2, 3).map(i -> "127.0.0.1:" + (PORT_BASE + i)).toList();
    PythonStubs stubs = PythonStubs.generate(directory.resolve("stubs"));
    PythonCallers python =
        new PythonCallers(stubs, directory.resolve("python"), endpoints, SEED, 2);
    DrillPlan plan = new DrillPlan(endpoints, true, SEED, 4, 1, TIME);

    DrillResult result =
        new Drill(plan, line -> {}).run(PythonCallersIT::killOneAfterTheOther, python);

    assertThat(result.findings()).isEmpty();
    List<Call> byPython =
        result.history().packed().stream()
            .filter(call -> call.client() >= PythonCallers.FIRST_CLIENT)
            .map(PackedCall::unpack)
            .toList();
    assertThat(byPython).extracting(Call::client).contains(1_000, 1_001);
    assertThat(byPython)
        .as("answered calls of Python")
        .filteredOn(call -> call.outcome() instanceof Outcome.Answered)
        .hasSizeGreaterThan(200);
    assertThat(byPython)
        .as("kinds of calls that some answer to Python accepts")
        .filteredOn(call -> call.outcome() instanceof Outcome.Answered)
        .extracting(Call::kind)
        .contains(
            Kind.ADJUST_STOCK,
            Kind.RESERVE,
            Kind.CONFIRM_RESERVATION,
            Kind.RELEASE_RESERVATION,
            Kind.GET_STOCK,
            Kind.BATCH_GET_STOCK,
            Kind.GET_RESERVATION);
    assertThat(byPython)
        .as("calls of Python that were killed with a node")
        .extracting(Call::outcome)
        .contains(Outcome.Undecided.UNKNOWN);
  }

  private static void killOneAfterTheOther(Timeline timeline) throws Exception {
    for (String node : List.of("node-a", "node-b")) {
      TimeUnit.SECONDS.sleep(3);
      Timeline.Running killed = timeline.begin(node + " killed");
      cluster("kill " + node);
      TimeUnit.SECONDS.sleep(3);
      cluster("start " + node);
      killed.close();
    }
  }

  private static void cluster(String arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "cluster", ".txt");
    String command =
        "scripts/cluster %s --dir '%s'".formatted(arguments, directory.resolve("cluster"));
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as(command).isTrue();
    assertThat(process.exitValue())
        .as("%s printed %s", command, Files.readString(output, UTF_8))
        .isZero();
  }
}
