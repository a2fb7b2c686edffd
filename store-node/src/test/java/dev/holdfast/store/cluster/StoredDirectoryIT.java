package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.store.partition.PartitionReplica;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data directories that earlier builds wrote: this one opens, serves, verifies and goes on. */
final class StoredDirectoryIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = "before-kinds")
  void shouldOpenServeAndVerifyWhatAnEarlierBuildWrote(String name) throws IOException {
    Map<String, String> expected = StoredDirectory.readAnswers(resource(name + ".txt"));
    StoredDirectory.unpack(resource(name + ".zip"), directory);
    try (TestNode node = StoredDirectory.node(directory)) {
      StoredDirectory.turnBack(node, Long.parseLong(expected.remove("time")));
      StoredDirectory.start(node);

      assertThat(StoredDirectory.answers(node)).containsExactlyEntriesOf(expected);
      assertEveryKind(node);
      goOn(node);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        StoredDirectoryIT.class.getResourceAsStream("/stored/" + name), name);
  }

  /** Else the directory would prove less than it claims. */
  private static void assertEveryKind(TestNode node) {
    Set<Integer> found = new TreeSet<>();
    for (int partition = 0; partition < StoredDirectory.PARTITIONS; partition++) {
      found.addAll(StoredDirectory.kinds(RecordedLog.of(node.state(partition))).keySet());
    }
    assertThat(found)
        .containsAll(
            Event.getDescriptor().getOneofs().get(0).getFields().stream()
                .map(field -> field.getNumber())
                .toList());
  }

  /** Writes; then the log gets a digest, and a snapshot reads every record back against it. */
  private static void goOn(TestNode node) {
    assertThat(node.stop()).isTrue();
    StoredDirectory.start(node.with("digest.quiet", "200ms").with("snapshot.every-events", "1"));

    for (String store : List.of(StoredCommands.PARIS, StoredCommands.OSLO)) {
      long before = node.call().get(store, "tea").getVersion();
      StockLevel after = node.call().adjust(store, "tea", 1).getStock();
      assertThat(after.getVersion()).isEqualTo(before + 1);
    }
    for (int partition = 0; partition < StoredDirectory.PARTITIONS; partition++) {
      PartitionReplica replica = node.replica(partition);
      patiently().until(() -> replica.raft().snapshotIndex() == replica.raft().appliedIndex());
      assertThat(replica.state().logEnd().digests().recordedAt())
          .isEqualTo(replica.state().applied().sequence());
      assertThat(replica.fault()).isNull();
    }
  }
}
