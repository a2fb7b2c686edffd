package dev.holdfast.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the README's table of commands work as printed: one after the other, on a fresh
 * cluster of processes that {@code scripts/cluster} starts.
 */
class ReadmeExamplesIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern ROW = Pattern.compile("\\| `.*\\| `(scripts/holdfast [^`]+)` \\|");
  private static final int PORT_BASE = 18_300;
  private static final int AGGREGATOR_PLACE = 11;
  private static final int SECONDS_MAX = 120;

  @TempDir static Path temporary;

  @BeforeAll
  static void start() throws Exception {
    cluster("up", "--port-base", Integer.toString(PORT_BASE));
  }

  @AfterAll
  static void stop() throws Exception {
    cluster("down");
    cluster("wipe", "--all");
  }

  @TestFactory
  Stream<DynamicTest> shouldWorkAsPrinted() throws IOException {
    List<String> examples =
        Files.readAllLines(HOME.resolve("README.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1))
            .toList();
    assertThat(examples).hasSizeGreaterThan(10);
    return examples.stream().map(example -> DynamicTest.dynamicTest(example, () -> run(example)));
  }

  private static void run(String example) throws Exception {
    String here = example.replace(".holdfast/", directory() + "/");
    assertThat(execute(List.of("bash", "-c", here))).as(here).isNotEmpty();
  }

  private static void cluster(String... arguments) throws Exception {
    Stream<String> command =
        Stream.concat(
            Stream.of(HOME.resolve("scripts/cluster").toString()),
            Stream.concat(Stream.of(arguments), Stream.of("--dir", directory().toString())));
    execute(command.toList());
  }

  private static Path directory() {
    return temporary.resolve("cluster");
  }

  /** What it printed; fails with that when its exit code is not 0. */
  private static String execute(List<String> command) throws Exception {
    Path output = Files.createTempFile(temporary, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment());
    Process process = builder.start();
    boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String printed = Files.readString(output, UTF_8);
    assertThat(ended).as("%s ends: %s", command, printed).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, printed).isZero();
    return printed;
  }

  private static Map<String, String> environment() {
    return Map.of(
        "HOLDFAST_CLUSTER_DIR",
        directory().toString(), // and with it the certificates
        "HOLDFAST_ENDPOINT",
        "127.0.0.1:" + (PORT_BASE + 1),
        "HOLDFAST_AGGREGATOR",
        "127.0.0.1:" + (PORT_BASE + AGGREGATOR_PLACE),
        "HOLDFAST_STATE_DIR",
        temporary.resolve("state").toString());
  }
}
