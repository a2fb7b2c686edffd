package dev.holdfast.store.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.store.clock.LogClocks;
import dev.holdfast.store.clock.MajorityClock;
import dev.holdfast.store.clock.NodeClock;
import dev.holdfast.store.commit.CommitSettings;
import dev.holdfast.store.partition.NodeResources;
import dev.holdfast.store.partition.PartitionMetrics;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.raft.RaftSettings;
import dev.holdfast.store.raft.RaftTransport;
import dev.holdfast.store.raft.Standing;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.testing.TestKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real replica of node a, whose peers b and c say what the test has them say. */
final class JoiningIT {
  private static final List<String> NODES = List.of("a", "b", "c");
  private static final Map<String, String> FOUNDERS = Map.of("a", "A", "b", "B", "c", "C");
  private static final Introduction.Layout LAYOUT =
      new Introduction.Layout("cluster", 1, Map.of(), NODES);
  private static final CommitSettings LIMITS =
      new CommitSettings(9, 100_000, 9, 100_000, 2, 1_000, true);

  private final RocksMemory memory = new RocksMemory(8 << 20, 32 << 20);
  @TempDir private Path directory;
  private volatile int latestIncarnation;
  private RaftTransport transport;
  private PartitionReplica replica;
  private Joining joining;

  @BeforeEach
  void open() throws IOException {
    List<RaftSettings.Member> members = NODES.stream().map(JoiningIT::member).toList();
    RaftSettings settings =
        new RaftSettings(0, directory, members.get(0), members, Duration.ofMillis(500));
    transport = new RaftTransport(members.get(0), "127.0.0.1", 1);
    LogClocks clocks =
        new LogClocks(NodeClock.system(), new MajorityClock(), Duration.ofSeconds(10));
    replica =
        new PartitionReplica(
            settings,
            LIMITS,
            new NodeResources(
                transport,
                memory,
                Runnable::run,
                Runnable::run,
                TestKeys.usual(),
                () -> true,
                clocks),
            new PartitionMetrics(new SimpleMeterRegistry(), 0));
    replica.membership().become(Standing.FOUNDER);
    Partitions partitions =
        new Partitions(new PartitionMap(1, Map.of()), List.of(replica), NODES, "a");
    joining = new Joining(partitions, new Peers(), new Founder());
  }

  private static RaftSettings.Member member(String node) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new RaftSettings.Member(node, "127.0.0.1:" + socket.getLocalPort());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    joining.close();
    replica.close();
    transport.close();
    memory.close();
  }

  @Test
  void shouldRunAsWhatItWas() throws IOException {
    joining.start();

    assertThat(replica.membership().incarnation()).isEqualTo(Standing.FOUNDER);
    assertThat(replica.fault()).isNull();
  }

  /** It may have promised what it does not know of any more. */
  @Test
  void shouldNotRunAsWhatItWasWhenItIsInDoubt() throws IOException {
    Files.delete(directory.resolve("raft").resolve("meta").resolve("raft_meta"));

    joining.start();

    assertThat(replica.membership().incarnation()).isNull();
    assertThat(replica.awaited()).contains("votes is missing", "next incarnation", "majority");
  }

  @Test
  void shouldNotRunAsWhatItWasOnceItWasReplaced() throws IOException {
    latestIncarnation = 5;

    joining.start();

    assertThat(replica.membership().incarnation()).isNull();
    assertThat(replica.awaited()).contains("replaced by incarnation 5");
  }

  @Test
  void shouldStopWhenItIsReplacedWhileItRuns() throws IOException {
    joining.start();
    latestIncarnation = 5;

    await().until(() -> replica.fault() != null);

    assertThat(Objects.requireNonNull(replica.fault())).contains("replaced by incarnation 5");
  }

  /** Nobody leads, so nobody names an incarnation. */
  private final class Peers implements PeerCalls {
    @Override
    public List<Introduction> introduce() {
      List<Integer> incarnations = List.of(latestIncarnation);
      return List.of(
          new Introduction("b", LAYOUT, "B", true, FOUNDERS, incarnations),
          new Introduction("c", LAYOUT, "C", true, FOUNDERS, incarnations));
    }

    @Override
    public OptionalInt askForIncarnation(String node, int partition) {
      return OptionalInt.empty();
    }

    @Override
    public void askForSeat(String node, int partition, int incarnation, long lastLogIndex) {}
  }

  private static final class Founder implements NodeIdentity {
    @Override
    public Introduction.Layout layout() {
      return LAYOUT;
    }

    @Override
    public String disk() {
      return "A";
    }

    @Override
    public boolean bootstraps() {
      return true;
    }

    @Override
    public Map<String, String> founders() {
      return FOUNDERS;
    }

    @Override
    public void keepFounders(Map<String, String> founders) {}
  }
}
