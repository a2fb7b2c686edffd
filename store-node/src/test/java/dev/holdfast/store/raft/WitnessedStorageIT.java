package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witness of a group that ran, as it stands in its file. */
final class WitnessedStorageIT {
  @Test
  void shouldHearOfEveryEntryAndOfEveryVote(@TempDir Path directory) throws Exception {
    Witness.Word word;
    long last;
    long term;
    try (SingleGroup single = new SingleGroup(directory, Runnable::run)) {
      single.write();
      last = single.group.lastLogIndex();
      term = single.group.term();
      assertThat(single.group.stop()).isTrue();
    }

    try (Witness witness = Witness.open(directory.resolve("raft").resolve("witness"))) {
      word = witness.word();
    }

    assertThat(last).isGreaterThanOrEqualTo(2);
    assertThat(word.lastIndex()).isEqualTo(last);
    assertThat(word.term()).isEqualTo(term);
    assertThat(word.votedFor()).startsWith("127.0.0.1:");
  }
}
