package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.raft.Witness.Word;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WitnessTest {
  @TempDir private Path directory;

  private Witness open() throws IOException {
    return Witness.open(directory.resolve("witness"));
  }

  @Test
  void shouldSayNothingAtFirst() throws IOException {
    assertThat(open().word()).isEqualTo(Word.NOTHING);
  }

  /** Not closed in between, as when the process is killed. */
  @Test
  void shouldRememberTheEndOfTheLogAndTheLastVote() throws IOException {
    Witness witness = open();
    for (long index = 1; index <= 1_000; index++) {
      witness.logEndsAt(index);
    }
    witness.voted(7, "127.0.0.1:7201:2");

    assertThat(open().word()).isEqualTo(new Word(1_000, 7, "127.0.0.1:7201:2"));
    witness.logEndsAt(900); // taken back
    assertThat(open().word()).isEqualTo(new Word(900, 7, "127.0.0.1:7201:2"));
  }

  /** Killed while it wrote: what was written before is still there. */
  @ParameterizedTest
  @ValueSource(ints = {0, 4, 12, 20, 28, 32})
  void shouldFallBackToTheWordBefore(int at) throws IOException {
    Witness witness = open();
    witness.logEndsAt(5);
    witness.logEndsAt(6);
    witness.logEndsAt(7); // the third, so it stands in the second slot
    flip(512 + at);

    assertThat(open().word().lastIndex()).isEqualTo(6);
  }

  @Test
  void shouldSayNothingWhenNothingOfItCanBeRead() throws IOException {
    open().logEndsAt(5);
    Files.write(directory.resolve("witness"), new byte[] {1, 2, 3});

    assertThat(open().word()).isEqualTo(Word.NOTHING);
  }

  private void flip(int at) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("witness").toFile(), "rw")) {
      file.seek(at);
      int value = file.read();
      file.seek(at);
      file.write(value ^ 1);
    }
  }
}
