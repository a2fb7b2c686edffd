package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.state.files.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotShelfTest {
  /** Each is put on the shelf right before another takes its place. */
  @Test
  void shouldKeepTheLastTwoThatWereReplaced(@TempDir Path directory) throws IOException {
    Path newest = directory.resolve("new");
    Path kept = directory.resolve("old");
    SnapshotShelf shelf = new SnapshotShelf(newest, kept);

    for (int index = 8; index <= 12; index++) {
      Path snapshot = Files.createDirectories(newest.resolve("snapshot_" + index));
      Files.writeString(snapshot.resolve("data"), "at " + index);
      shelf.keepNewest();
      CheckpointFiles.delete(snapshot);
    }

    try (Stream<Path> all = Files.list(kept)) {
      assertThat(all)
          .extracting(each -> each.getFileName().toString())
          .containsExactlyInAnyOrder("snapshot_11", "snapshot_12");
    }
    assertThat(kept.resolve("snapshot_11").resolve("data")).hasContent("at 11");
  }
}
