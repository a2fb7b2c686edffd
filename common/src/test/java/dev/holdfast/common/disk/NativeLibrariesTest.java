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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;

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

    assertThat(files(libraries())).hasSize(1);
    assertThat(files(temporary.resolve("tmp"))).isEmpty();
  }

  @Test
  void shouldReplaceACopyThatIsDamagedCutOrOfAnotherBuild() throws Exception {
    start("");
    Path copy = files(libraries()).get(0);
    byte[] whole = Files.readAllBytes(copy);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    for (byte[] damaged : List.of(flipped, new byte[0], new byte[whole.length + 1])) {
      Files.write(copy, damaged);

      assertThat(start("")).isEqualTo(new Run(0, "loaded\n"));
      assertThat(Files.readAllBytes(copy)).isEqualTo(whole);
    }
    assertThat(files(libraries())).containsExactly(copy);
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
    public static void main(String[] arguments) {
      try {
        NativeLibraries.load(Path.of(arguments[0]));
        new Options().close();
        System.out.println("loaded");
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

  private Run start(String how) throws Exception {
    Files.createDirectories(temporary.resolve("tmp"));
    return run(
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
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), text);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return new ArrayList<>(entries.toList());
    }
  }
}
