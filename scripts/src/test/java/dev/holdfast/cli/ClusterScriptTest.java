package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/cluster} makes of the directory it finds; no node is started. */
@Timeout(60)
final class ClusterScriptTest {
  private static final Path PROC = Path.of("/proc");

  @TempDir private Path directory;

  private record Run(int code, String text) {}

  @BeforeEach
  void make() throws IOException {
    Files.writeString(
        directory.resolve("settings"),
        "partitions=1\nport_base=17900\naggregator=no\nfounded=no\n");
    Files.createDirectories(directory.resolve("node-a"));
  }

  @Test
  void shouldNotTakeAProcessForRunningOfWhichItNeverSawTheStart() throws Exception {
    Files.writeString(directory.resolve("node-a/pid"), "4194301 \n");

    assertThat(run("status").text()).contains("node-a: does not run");
    assertThat(run("down").code()).isZero();
    assertThat(run("wipe", "--all")).returns(0, Run::code);
    assertThat(directory.resolve("settings")).doesNotExist();
  }

  /** As after kill -9 in a container whose first process reaps nobody. */
  @Test
  void shouldNotTakeADeadProcessForRunningThatNobodyWaitedFor() throws Exception {
    assumeTrue(Files.exists(PROC));
    Process parent = new ProcessBuilder("bash", "-c", "sleep 60 & echo $!; exec sleep 60").start();
    try {
      String pid = parent.inputReader(UTF_8).readLine();
      Awaitility.await().until(() -> command(parent).endsWith("sleep"));
      ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
      Awaitility.await().until(() -> stat(pid)[0].equals("Z"));
      Files.writeString(directory.resolve("node-a/pid"), pid + " " + stat(pid)[19] + "\n");

      assertThat(run("status").text()).contains("node-a: does not run");
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldStopOnlyAProcessThatStartedWhenItSays() throws Exception {
    assumeTrue(Files.exists(PROC));
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(directory.resolve("node-a/pid"), other.pid() + " 1\n");

      assertThat(run("down").code()).isZero();
      assertThat(other.isAlive()).isTrue();
      Files.writeString(
          directory.resolve("node-a/pid"),
          other.pid() + " " + stat(Long.toString(other.pid()))[19] + "\n");
      assertThat(run("stop", "node-a")).isEqualTo(new Run(0, "node-a is stopped\n"));
      assertThat(other.waitFor()).isNotZero();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldRunNothingFromADirectoryThatOthersMayWriteTo() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

    Run run = run("up");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.text()).startsWith("cluster: others may write to " + directory);
    assertThat(run.text().lines()).hasSize(1);
  }

  @Test
  void shouldShowTheEndOfALog() throws Exception {
    Files.writeString(directory.resolve("node-a/log"), "first\nlast\n");

    assertThat(run("logs", "node-a")).isEqualTo(new Run(0, "first\nlast\n"));
    assertThat(run("logs", "node-z").code()).isEqualTo(2);
  }

  private static String command(Process process) {
    return process.info().command().orElse("");
  }

  /** What follows the name of the process in its line of /proc: the state, and so on. */
  private static String[] stat(String pid) throws IOException {
    return Files.readString(PROC.resolve(pid).resolve("stat"))
        .replaceFirst(".*\\) ", "")
        .split(" ", -1);
  }

  private Run run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "cluster");
    builder.command().addAll(List.of(arguments));
    builder.environment().put("HOLDFAST_CLUSTER_DIR", directory.toString());
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), text);
  }
}
