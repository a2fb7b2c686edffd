package dev.holdfast.common.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.common.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.util.Environment;

/** Each start is a process of its own, since a process loads native code once. */
@Timeout(120)
final class NativeLibrariesTest {
  @TempDir private Path temporary;

  private record Run(int code, String text) {}

  @Test
  void shouldKeepOneCopyHoweverOftenItStartsAndIsKilled() throws Exception {
    for (int start = 0; start < 3; start++) {
      assertThat(start("halt")).isEqualTo(new Run(0, "loaded\n"));
    }

    assertThat(names(libraries())).containsExactlyInAnyOrder(copyName(), "unpacking");
    assertThat(names(unpacking())).containsExactly("lock");
    assertThat(names(temporary.resolve("tmp"))).isEmpty();
  }

  /**
   * Wherever it is killed: while it writes its copies, and before Netty deletes those it loaded.
   */
  @Test
  void shouldLeaveNothingThatGrowsHoweverOftenItIsKilledOnTheWay() throws Exception {
    start("");
    for (int millis = 100; millis <= 900; millis += 100) {
      Files.deleteIfExists(libraries().resolve(copyName()));
      Process process = process("");
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    Files.write(unpacking().resolve("libio_grpc_netty_shaded_netty_tcnative1.so"), new byte[9]);
    Files.write(unpacking().resolve(copyName()), new byte[9]);

    assertThat(start("")).isEqualTo(new Run(0, "loaded\n"));

    assertThat(names(libraries())).containsExactlyInAnyOrder(copyName(), "unpacking");
    assertThat(names(unpacking())).containsExactly("lock");
    assertThat(names(temporary.resolve("tmp"))).isEmpty();
  }

  /** One removes what the other is just about to load, unless it waits. */
  @Test
  void shouldShareTheDirectoryWithOthersThatStartAtTheSameTime() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(process(""));
    }
    for (Process process : processes) {
      assertThat(ended(process)).isEqualTo(new Run(0, "loaded\n"));
    }
    assertThat(names(unpacking())).containsExactly("lock");
  }

  /** Netty would else quietly do without, and TLS resume sessions. */
  @Test
  void shouldLoadTheLibrariesOfTheNetworkWithATemporaryFolderThatRunsNothing() throws Exception {
    Path tmp = Files.createDirectory(temporary.resolve("tmp"));
    assumeTrue(shell("mount -t tmpfs -o noexec,size=64m none " + tmp).code() == 0, "not root");
    try {
      assertThat(start("maps").text())
          .contains(
              unpacking() + "/libio_grpc_netty_shaded_netty_tcnative",
              unpacking() + "/libio_grpc_netty_shaded_netty_transport_native_epoll");
    } finally {
      shell("umount " + tmp);
    }
  }

  @Test
  void shouldReplaceACopyThatIsDamagedCutOrOfAnotherBuild() throws Exception {
    start("");
    Path copy = libraries().resolve(copyName());
    byte[] whole = Files.readAllBytes(copy);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    for (byte[] damaged : List.of(flipped, new byte[0], new byte[whole.length + 1])) {
      Files.write(copy, damaged);

      assertThat(start("")).isEqualTo(new Run(0, "loaded\n"));
      assertThat(Files.readAllBytes(copy)).isEqualTo(whole);
    }
    assertThat(names(unpacking())).containsExactly("lock");
  }

  /** Mounting takes root. */
  @Test
  void shouldSayInOneLineWhatToSetWhereNothingMayBeExecuted() throws Exception {
    Path mount = Files.createDirectory(temporary.resolve("native"));
    assumeTrue(shell("mount -t tmpfs -o noexec,size=64m none " + mount).code() == 0, "not root");
    try {
      Run run = start("");

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.text().lines()).hasSize(1);
      assertThat(run.text())
          .startsWith("cannot run native code from " + mount)
          .endsWith("Set holdfast.node.native-dir to a directory that is not\n");
    } finally {
      shell("umount " + mount);
    }
  }

  /** The process: loads, uses what it loaded, and ends. */
  static final class Start {
    public static void main(String[] arguments) throws IOException {
      try {
        NativeLibraries.load(Path.of(arguments[0]));
        new Options().close();
        System.out.println("loaded");
        if (arguments[1].equals("maps")) {
          System.out.println(Files.readString(Path.of("/proc/self/maps")));
        }
      } catch (ConfigException e) {
        System.out.println(e.getMessage());
        System.exit(2);
      }
      if (arguments[1].equals("halt")) {
        Runtime.getRuntime().halt(0);
      }
    }
  }

  private Path libraries() {
    return temporary.resolve("native");
  }

  private Path unpacking() {
    return libraries().resolve("unpacking");
  }

  private static String copyName() {
    return Environment.getJniLibraryFileName("rocksdbjni");
  }

  private Run start(String how) throws Exception {
    return ended(process(how));
  }

  private Process process(String how) throws Exception {
    Files.createDirectories(temporary.resolve("tmp"));
    return process(
        System.getProperty("java.home") + "/bin/java",
        "-Djava.io.tmpdir=" + temporary.resolve("tmp"),
        "-cp",
        System.getProperty("java.class.path"),
        Start.class.getName(),
        libraries().toString(),
        how);
  }

  private static Run shell(String line) throws Exception {
    return run("sh", "-c", line);
  }

  private static Run run(String... command) throws Exception {
    return ended(process(command));
  }

  private static Process process(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Run ended(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), text);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
