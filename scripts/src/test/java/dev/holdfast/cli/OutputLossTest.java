package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process of its own does when its output cannot be written; needs a Unix. */
@Timeout(120)
final class OutputLossTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path directory;

  @Test
  void shouldFailWhenTheDiskIsFull() throws Exception {
    assumeTrue(Files.exists(FULL));

    ShellRun ended = ShellRun.of("\"$@\" >/dev/full", "--help");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).startsWith("holdfast: the output could not be written: ");
    assertThat(ended.err().lines()).hasSize(1);
  }

  @Test
  void shouldFailQuietlyWhenNobodyReads() throws Exception {
    Path closed = directory.resolve("closed");
    ShellRun ended =
        ShellRun.of(
            "mkfifo '%1$s'; { read -r _ <'%1$s'; exec \"$@\"; } | { exec <&-; echo >'%1$s'; };"
                .concat(" exit ${PIPESTATUS[0]}")
                .formatted(closed),
            "--help");

    assertThat(ended).isEqualTo(new ShellRun(1, ""));
  }
}
