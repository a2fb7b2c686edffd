package dev.holdfast.deploy.shims;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault has its effect on Java and on RocksDB, in a process that runs on meanwhile. */
class FaultShimsIT {
  private static final Duration LATE = Duration.ofMillis(300);
  private static final long CLOCK_ERROR_MILLIS_MAX = 1_000;
  private static final String NO_SPACE = "No space left on device";
  private static final String INPUT_OUTPUT_ERROR = "Input/output error";

  @TempDir Path directory;

  private FaultShims shims;
  private Process process;
  private PrintWriter tasks;
  private BufferedReader outcomes;

  /** What came of a task, and the milliseconds that it took. */
  private record Outcome(long millis, String text) {}

  @BeforeAll
  static void compile() {
    Needed.orSkip(NativeTools.missing());
  }

  @BeforeEach
  void start() throws IOException {
    shims = FaultShims.create();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), ShimProbe.class.getName());
    builder.environment().putAll(shims.environment());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    process = builder.start();
    tasks = new PrintWriter(process.outputWriter(UTF_8), true);
    outcomes = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    ask("rocks", inDirectory("first")); // loads its library, which is a file as well
  }

  @AfterEach
  void stop() throws Exception {
    tasks.close();
    process.waitFor(10, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    shims.close();
  }

  @Test
  void shouldLeaveEverythingAloneUntilTold() throws IOException {
    assertThat(wallAhead()).isBetween(-CLOCK_ERROR_MILLIS_MAX, CLOCK_ERROR_MILLIS_MAX);
    for (String task : new String[] {"write", "sync", "map", "rocks"}) {
      assertThat(ask(task, inDirectory(task)).text).as(task).isEqualTo("ok");
    }
  }

  @Test
  void shouldShiftTheWallClockOnlyAndBothWays() throws IOException {
    for (Duration offset : new Duration[] {Duration.ofMinutes(2), Duration.ofMinutes(-2)}) {
      shims.shiftClock(ClockShift.of(offset));

      awaitWallAhead(offset.toMillis());
      monotonicClockShouldBeTrue();
      assertThat(ask("nap", "200").millis).isBetween(200L, 1_000L);
    }
    shims.shiftClock(ClockShift.NONE);
    awaitWallAhead(0);
  }

  @Test
  void shouldLetTheWallClockDrift() throws IOException {
    shims.shiftClock(new ClockShift(Duration.ofHours(-1), 1_000_000));
    await("a clock that is behind").until(() -> wallAhead() < 0);
    long before = wallAhead();
    long started = System.nanoTime();

    ask("nap", "2000");

    long drifted = wallAhead() - before;
    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    assertThat(drifted).isBetween(1_900L, passed + CLOCK_ERROR_MILLIS_MAX);
  }

  @Test
  void shouldFailSyncs() throws IOException {
    shims.breakDisk(DiskFault.syncsFail());

    for (String task : new String[] {"sync", "map", "rocks"}) {
      assertThat(ask(task, inDirectory(task)).text).as(task).contains(INPUT_OUTPUT_ERROR);
    }
    assertThat(ask("write", inDirectory("write")).text).isEqualTo("ok");

    shims.mendDisk();
    assertThat(ask("sync", inDirectory("sync")).text).isEqualTo("ok");
    assertThat(ask("rocks", inDirectory("rocks")).text).isEqualTo("ok");
  }

  @Test
  void shouldSlowSyncsDown() throws IOException {
    shims.breakDisk(DiskFault.syncsSleep(LATE));

    Outcome synced = ask("sync", inDirectory("sync"));
    Outcome rocks = ask("rocks", inDirectory("rocks"));

    assertThat(synced.text).isEqualTo("ok");
    assertThat(synced.millis).isGreaterThanOrEqualTo(LATE.toMillis());
    assertThat(rocks.text).isEqualTo("ok");
    assertThat(rocks.millis).isGreaterThanOrEqualTo(LATE.toMillis());
    assertThat(ask("write", inDirectory("write")).millis).isLessThan(LATE.toMillis());
  }

  @Test
  void shouldFailWrites() throws IOException {
    shims.breakDisk(DiskFault.writesFail());

    assertThat(ask("write", inDirectory("write")).text).contains(NO_SPACE);
    assertThat(ask("rocks", inDirectory("rocks")).text).contains(NO_SPACE);

    shims.mendDisk();
    assertThat(ask("write", inDirectory("write")).text).isEqualTo("ok");
    assertThat(ask("rocks", inDirectory("rocks")).text).isEqualTo("ok");
  }

  @Test
  void shouldSlowWritesDown() throws IOException {
    shims.breakDisk(DiskFault.writesSleep(LATE));

    Outcome written = ask("write", inDirectory("write"));

    assertThat(written.text).isEqualTo("ok");
    assertThat(written.millis).isGreaterThanOrEqualTo(LATE.toMillis());
  }

  @Test
  void shouldBreakOneDirectoryOnly() throws IOException {
    shims.breakDisk(
        DiskFault.syncsFail().below(inDirectory("log")),
        DiskFault.writesFail().below(inDirectory("state")));

    assertThat(ask("rocks", inDirectory("log")).text).contains(INPUT_OUTPUT_ERROR);
    assertThat(ask("rocks", inDirectory("state")).text).contains(NO_SPACE);
    assertThat(ask("rocks", inDirectory("log-beside")).text).isEqualTo("ok");
    assertThat(ask("sync", inDirectory("beside")).text).isEqualTo("ok");
  }

  private String inDirectory(String name) {
    return directory.resolve(name).toString();
  }

  private Outcome ask(String task, String argument) throws IOException {
    tasks.println(task + " " + argument);
    String[] outcome = outcomes.readLine().split(" ", 2);
    return new Outcome(Long.parseLong(outcome[0]), outcome[1]);
  }

  /** The milliseconds by which the wall clock of the process is ahead of this one's. */
  private long wallAhead() throws IOException {
    String told = ask("clock", "now").text;
    return Long.parseLong(told.split(" ", 2)[0]) - System.currentTimeMillis();
  }

  private void awaitWallAhead(long millis) {
    await("a clock that is %d ms ahead".formatted(millis))
        .until(() -> Math.abs(wallAhead() - millis) < CLOCK_ERROR_MILLIS_MAX);
  }

  /** All processes of a machine have the same one. */
  private void monotonicClockShouldBeTrue() throws IOException {
    long before = System.nanoTime();
    long told = Long.parseLong(ask("clock", "now").text.split(" ", 2)[1]);
    assertThat(told).isBetween(before, System.nanoTime());
  }
}
