package dev.holdfast.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/cluster} and {@code scripts/holdfast} as a user has them: on one machine. */
class ClusterScriptIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final int PORT_BASE = 18_600;
  private static final int SECONDS_MAX = 180;

  @TempDir private Path temporary;

  private record Run(int code, String out, String err) {}

  @AfterEach
  void stop() throws Exception {
    cluster("down");
    cluster("wipe --all");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldServeAfterAllWereKilledAtOnce() throws Exception {
    String found = good(cluster("up --port-base " + PORT_BASE)).out();
    assertThat(found.lines())
        .containsExactly(
            "export HOLDFAST_CLUSTER_DIR=" + directory(),
            "export HOLDFAST_ENDPOINT=127.0.0.1:18601,127.0.0.1:18602,127.0.0.1:18603",
            "export HOLDFAST_AGGREGATOR=127.0.0.1:18611",
            "export HOLDFAST_CERTS=" + directory().resolve("certs"),
            "unset HOLDFAST_INSECURE");
    good(bash(found + "scripts/holdfast stock create Oslo Käse --quantity 3"));

    for (String node : List.of("node-a", "node-b", "node-c", "aggregator")) {
      process(node).destroyForcibly();
    }
    pretendThatItDiesSlowly("node-a");
    Run up = good(cluster("up"));
    assertThat(up.err()).contains("node-a has ended meanwhile");
    assertThat(up.out()).isEqualTo(found);

    assertOneCopyOfNativeLibraries();
    good(bash(found + "scripts/holdfast cluster status"));
    String listed = "unset LANG LC_CTYPE; export LC_ALL=C; scripts/holdfast stock list Oslo -o csv";
    assertThat(good(bash(found + listed)).out()).contains("Oslo,Käse,3,");
    String read = "unset LANG LC_CTYPE; export LC_ALL=C; scripts/holdfast stock get Oslo Käse";
    good(bash(found + read));
  }

  @Test
  void shouldStopAndRestartOne() throws Exception {
    good(cluster("up --without-aggregator --partitions 1 --port-base " + PORT_BASE));
    long first = process("node-b").pid();

    assertThat(good(cluster("restart node-b")).err()).contains("node-b is stopped");
    ProcessHandle second = process("node-b");
    assertThat(second.pid()).isNotEqualTo(first);
    good(cluster("stop node-b"));

    assertThat(cluster("status").out()).contains("node-b: does not run\n");
    assertThat(good(cluster("logs node-b")).out()).contains("stopped cleanly");
  }

  @Test
  void shouldServeWithCertificatesOfItsOwn() throws Exception {
    String one = " --without-aggregator --partitions 1 --port-base " + PORT_BASE;
    String found = good(cluster("up" + one)).out();
    assertThat(found.lines())
        .containsExactly(
            "export HOLDFAST_CLUSTER_DIR=" + directory(),
            "export HOLDFAST_ENDPOINT=127.0.0.1:18601,127.0.0.1:18602,127.0.0.1:18603",
            "export HOLDFAST_CERTS=" + directory().resolve("certs"),
            "unset HOLDFAST_INSECURE");
    good(bash(found + "scripts/holdfast stock create Oslo tea --quantity 3"));
    Run plain = bash(found + "scripts/holdfast stock get Oslo tea --insecure --timeout 1");
    assertThat(plain.code()).isEqualTo(1);
    assertThat(plain.err()).contains("hung up").contains("--cert-dir, or HOLDFAST_CERTS");
    assertThat(cluster("up --insecure").err()).contains("insecure, first: scripts/cluster down");

    long pid = process("node-b").pid();
    assertNativeTlsIsOfTheDataDirectory(pid);
    good(bash(found + "scripts/holdfast certs renew --all"));
    good(cluster("restart node-a")); // has the new certificate, and the others have not to
    good(bash(found + "scripts/holdfast stock adjust Oslo tea -1 --reason sale"));
    assertThat(process("node-b").pid()).isEqualTo(pid);
    assertThat(good(cluster("status")).out()).contains("node-c");

    good(cluster("down"));
    assertThat(good(cluster("up")).out()).isEqualTo(found);
    good(cluster("down"));
    String open = good(cluster("up --insecure")).out();
    assertThat(open.lines()).contains("export HOLDFAST_INSECURE=true", "unset HOLDFAST_CERTS");
    assertThat(good(bash(found + open + "scripts/holdfast stock get Oslo tea -o csv")).out())
        .contains("Oslo,tea,2,");

    good(cluster("down"));
    good(cluster("wipe --all"));
    assertThat(directory()).doesNotExist();
  }

  @Test
  void shouldEncryptWhatItStores() throws Exception {
    String one = " --without-aggregator --partitions 1 --port-base " + PORT_BASE;
    String found = good(cluster("up --encrypt" + one)).out();
    good(bash(found + "scripts/holdfast stock create Oslo tea --quantity 3"));
    String sale = "scripts/holdfast stock adjust Oslo tea -1 --reason sale --reference canary-4711";
    good(bash(found + sale));
    good(cluster("down"));
    assertThat(bash("grep -rl canary-4711 " + directory() + "/node-*/data").out()).isEmpty();

    good(cluster("up")); // it need not be said again
    assertThat(good(bash(found + "scripts/holdfast stock get Oslo tea -o csv")).out())
        .contains("Oslo,tea,2,");
    good(cluster("down"));
    good(cluster("wipe --all"));
    assertThat(directory()).doesNotExist();
  }

  /** Its settings do not say whether it has certificates, since there was no choice. */
  @Test
  void shouldLeaveAClusterOfAnEarlierBuildInTheClearUntilTold() throws Exception {
    String settings = "partitions=1\nport_base=%d\naggregator=no\nfounded=no\n";
    Files.createDirectories(directory());
    Files.writeString(directory().resolve("settings"), settings.formatted(PORT_BASE));

    Run open = good(cluster("up"));
    assertThat(open.err()).contains("everybody on this machine may do everything");
    assertThat(directory().resolve("certs")).doesNotExist();
    good(bash(open.out() + "scripts/holdfast stock create Oslo tea --quantity 3"));
    good(cluster("down"));

    String secured = good(cluster("up --secure")).out();
    assertThat(good(bash(secured + "scripts/holdfast stock get Oslo tea -o csv")).out())
        .contains("Oslo,tea,3,");
    assertThat(good(bash(secured + "scripts/holdfast whoami -o csv")).out())
        .contains("user/admin,admin");
  }

  private Path directory() {
    return temporary.resolve("cluster");
  }

  private ProcessHandle process(String node) throws IOException {
    String pid =
        Files.readString(directory().resolve(node).resolve("pid")).replaceFirst(" .*\\R", "");
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private void assertOneCopyOfNativeLibraries() throws IOException {
    assertThat(names(temporaryFiles())).noneMatch(name -> name.contains("rocksdb"));
    for (String node : List.of("node-a", "aggregator")) {
      Path data = directory().resolve(node).resolve("data");
      assertThat(names(data.resolve("native"))).hasSize(2).contains("unpacking");
      assertThat(names(data.resolve("native/unpacking"))).containsExactly("lock");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
          .isEqualTo("rwx------");
    }
  }

  private void assertNativeTlsIsOfTheDataDirectory(long pid) throws IOException {
    Path maps = Path.of("/proc/" + pid + "/maps");
    if (Files.exists(maps)) {
      String unpacked = directory().resolve("node-b/data/native/unpacking").toString();
      assertThat(Files.readAllLines(maps).stream().filter(line -> line.contains("netty_tcnative")))
          .isNotEmpty()
          .allMatch(line -> line.contains(unpacked));
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private Path temporaryFiles() throws IOException {
    return Files.createDirectories(temporary.resolve("tmp"));
  }

  /** As a process that has been killed, and is still there for a while. */
  private void pretendThatItDiesSlowly(String node) throws Exception {
    good(
        bash(
            """
            sleep 5 </dev/null >/dev/null 2>&1 &
            stat=$(sed 's/.*) //' /proc/$!/stat) && set -- $stat && echo "$! ${20}" >'%s'
            """
                .formatted(directory().resolve(node).resolve("pid"))));
  }

  private static Run good(Run run) {
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private Run cluster(String arguments) throws Exception {
    return bash("scripts/cluster " + arguments);
  }

  private Run bash(String script) throws Exception {
    Path out = Files.createTempFile(temporary, "out", ".txt");
    Path err = Files.createTempFile(temporary, "err", ".txt");
    Path file = Files.writeString(Files.createTempFile(temporary, "script", ".sh"), script, UTF_8);
    ProcessBuilder builder =
        new ProcessBuilder("bash", file.toString())
            .directory(HOME.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("HOLDFAST_CLUSTER_DIR", directory().toString());
    builder.environment().put("HOLDFAST_JAVA_OPTS", "-Djava.io.tmpdir=" + temporaryFiles());
    Process process = builder.start();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
