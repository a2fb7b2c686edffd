package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.config.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of file that a store node keeps, damaged in every way, on a node of a real cluster:
 * whatever it does then, nothing that was acknowledged is lost, and the way out that it names leads
 * out. docs/RELIABILITY.md has the result as a table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DamagedFilesIT {
  private static final String SKU = "sku";
  private static final int EVERY = 60;

  /** What the node does when it is started on damaged files. */
  private enum Outcome {
    /** It goes on as what it was: the file can be made anew, or is not needed. */
    GOES_ON,
    /** It keeps its data and becomes the next incarnation. */
    JOINS_ANEW,
    /** It does not start, and names the partition's directory. */
    REFUSES_PARTITION,
    /** It does not start, and names its whole data directory. */
    REFUSES_NODE
  }

  private enum Fault {
    FLIP,
    CUT,
    DELETE
  }

  private enum Damage {
    IDENTITY_FLIPPED("identity", Fault.FLIP, Outcome.REFUSES_NODE),
    IDENTITY_CUT("identity", Fault.CUT, Outcome.REFUSES_NODE),
    IDENTITY_DELETED("identity", Fault.DELETE, Outcome.REFUSES_NODE),
    INCARNATION_FLIPPED("partition-0/replica", Fault.FLIP, Outcome.JOINS_ANEW),
    INCARNATION_DELETED("partition-0/replica", Fault.DELETE, Outcome.JOINS_ANEW),
    WITNESS_FLIPPED("partition-0/raft/witness", Fault.FLIP, Outcome.GOES_ON),
    WITNESS_DELETED("partition-0/raft/witness", Fault.DELETE, Outcome.GOES_ON),
    VOTES_FLIPPED("partition-0/raft/meta/raft_meta", Fault.FLIP, Outcome.JOINS_ANEW),
    VOTES_CUT("partition-0/raft/meta/raft_meta", Fault.CUT, Outcome.JOINS_ANEW),
    VOTES_DELETED("partition-0/raft/meta/raft_meta", Fault.DELETE, Outcome.JOINS_ANEW),
    LOG_FLIPPED("partition-0/raft/log/*.log", Fault.FLIP, Outcome.REFUSES_PARTITION),
    LOG_CUT("partition-0/raft/log/*.log", Fault.CUT, Outcome.JOINS_ANEW),
    LOG_DELETED("partition-0/raft/log/*.log", Fault.DELETE, Outcome.JOINS_ANEW),
    LOG_MANIFEST_FLIPPED("partition-0/raft/log/MANIFEST-*", Fault.FLIP, Outcome.REFUSES_PARTITION),
    LOG_CURRENT_DELETED("partition-0/raft/log/CURRENT", Fault.DELETE, Outcome.JOINS_ANEW),
    LOG_DIRECTORY_DELETED("partition-0/raft/log", Fault.DELETE, Outcome.JOINS_ANEW),
    STATE_DIRECTORY_DELETED("partition-0/state", Fault.DELETE, Outcome.GOES_ON),
    STATE_MANIFEST_FLIPPED(
        "partition-0/state/db-*/MANIFEST-*", Fault.FLIP, Outcome.REFUSES_PARTITION),
    STATE_CURRENT_CUT("partition-0/state/db-*/CURRENT", Fault.CUT, Outcome.REFUSES_PARTITION),
    OLDER_SNAPSHOTS_DELETED("partition-0/raft/snapshots-before", Fault.DELETE, Outcome.GOES_ON),
    PARTITION_DELETED("partition-0", Fault.DELETE, Outcome.JOINS_ANEW);

    private final String file;
    private final Fault fault;
    private final Outcome outcome;

    Damage(String file, Fault fault, Outcome outcome) {
      this.file = file;
      this.fault = fault;
      this.outcome = outcome;
    }
  }

  private TestCluster cluster;
  private TestNode node;
  private long onHand = 100_000;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster =
        TestCluster.started(
            directory,
            Map.of("cluster.partitions", "1", "snapshot.every-events", Integer.toString(EVERY)));
    cluster.node(0).call().create(store(0), SKU, onHand);
    node = cluster.node(2);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldLoseNothing(Damage damage) throws Exception {
    move(2 * EVERY);
    cluster.awaitEqualReplicas(0);
    awaitSnapshot();
    move(10); // a tail that only the log has
    cluster.awaitEqualReplicas(0);
    int before = incarnation();
    node.stop();
    move(5); // what it missed
    Path file = File.find(node.dataDir(), damage.file);
    File.damage(file, damage.fault);

    if (damage.outcome == Outcome.REFUSES_NODE || damage.outcome == Outcome.REFUSES_PARTITION) {
      boolean whole = damage.outcome == Outcome.REFUSES_NODE;
      Path named = whole ? node.dataDir() : node.dataDir().resolve("partition-0");
      assertThatThrownBy(node::start)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("delete " + named + " and start again")
          .hasMessageNotContaining("\n");
      DiskFaults.delete(named);
    }
    node.start();

    patiently().until(() -> node.replica(0).awaited() == null);
    assertThat(node.replica(0).fault()).isNull();
    assertThat(incarnation() > before).isEqualTo(damage.outcome != Outcome.GOES_ON);
    move(5);
    cluster.awaitEqualReplicas(0);
    assertThat(node.call().get(store(0), SKU).getOnHand()).isEqualTo(onHand);
  }

  private void awaitSnapshot() {
    patiently()
        .until(
            () -> {
              node.replica(0).snapshot();
              return node.replica(0).raft().snapshotSequence() == node.state(0).logEnd().sequence();
            });
  }

  private int incarnation() {
    return Objects.requireNonNull(node.replica(0).membership().incarnation());
  }

  private void move(int times) {
    for (int i = 0; i < times; i++) {
      onHand = cluster.node(i % 2).call().adjust(store(0), SKU, -1).getStock().getOnHand();
    }
  }

  /** What can happen to a file or a directory. */
  private static final class File {
    /** The newest that matches; a star stands for anything in a name. */
    static Path find(Path root, String pattern) throws IOException {
      Path found = root;
      for (String name : pattern.split("/", -1)) {
        String regex = name.replace(".", "\\.").replace("*", ".*");
        try (Stream<Path> entries = Files.list(found)) {
          List<Path> matching =
              entries
                  .filter(entry -> entry.getFileName().toString().matches(regex))
                  .sorted(Comparator.comparing(Path::toString))
                  .toList();
          found = matching.get(matching.size() - 1);
        }
      }
      return found;
    }

    static void damage(Path file, Fault fault) throws IOException {
      switch (fault) {
        case FLIP -> DiskFaults.flipBits(List.of(file));
        case CUT -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
          }
        }
        case DELETE -> DiskFaults.delete(file);
      }
    }
  }
}
