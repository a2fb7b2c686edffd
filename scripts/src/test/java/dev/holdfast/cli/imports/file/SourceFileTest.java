package dev.holdfast.cli.imports.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class SourceFileTest {
  @TempDir Path directory = Path.of("");

  @Test
  void shouldReadAPipeMoreThanOnce() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                Files.writeString(pipe, "sku,qty\nA,1\n");
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });

    try (SourceFile source = SourceFile.open(pipe)) {
      writer.join();
      for (int i = 0; i < 2; i++) {
        assertThat(new String(source.content().readAllBytes(), UTF_8)).isEqualTo("sku,qty\nA,1\n");
      }
      assertThat(source.location()).isEmpty();
      assertThat(source.isSame(pipe)).isFalse();
    }
  }

  @Test
  void shouldKnowItselfThroughLinks() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    Path soft = Files.createSymbolicLink(directory.resolve("soft"), file);
    Path hard = Files.createLink(directory.resolve("hard"), file);
    Path other = Files.writeString(directory.resolve("other"), "x");

    try (SourceFile source = SourceFile.open(soft)) {
      assertThat(source.location()).contains(file.toRealPath());
      assertThat(source.isSame(file)).isTrue();
      assertThat(source.isSame(hard)).isTrue();
      assertThat(source.isSame(other)).isFalse();
      assertThat(source.isSame(directory.resolve("none"))).isFalse();
    }
  }

  @Test
  void shouldRefuseWhatIsNoFile() {
    assertThatThrownBy(() -> SourceFile.open(directory)).hasMessageContaining("is a directory");
    assertThatThrownBy(() -> SourceFile.open(directory.resolve("none")))
        .hasMessageContaining("cannot be read");
  }
}
