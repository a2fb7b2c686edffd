package dev.holdfast.store.state.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealedFileTest {
  private static final Map<String, String> VALUES =
      new TreeMap<>(Map.of("cluster", "Zürich = 1", "node", "node-a", "none", ""));

  @TempDir private Path directory;

  @Test
  void shouldReadWhatWasWrittenLast() throws IOException {
    Path file = directory.resolve("identity");
    assertThat(SealedFile.read(file)).isNull();
    SealedFile.write(file, Map.of("old", "1"));

    SealedFile.write(file, VALUES);

    assertThat(SealedFile.read(file)).isEqualTo(VALUES);
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  /** Every bit of it, and every length. */
  @Test
  void shouldNoticeAnyDamage() throws IOException {
    Path file = directory.resolve("identity");
    SealedFile.write(file, VALUES);
    byte[] good = Files.readAllBytes(file);
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] flipped = good.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertDamaged(file, flipped);
    }
    for (int length = 0; length < good.length; length++) {
      assertDamaged(file, Arrays.copyOf(good, length));
    }
  }

  private static void assertDamaged(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> SealedFile.read(file))
        .isInstanceOf(SealedFile.DamagedFileException.class)
        .hasMessageContaining(file.toString());
  }
}
