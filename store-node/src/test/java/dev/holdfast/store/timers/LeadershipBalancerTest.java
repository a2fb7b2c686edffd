package dev.holdfast.store.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.store.clock.LogClocks;
import dev.holdfast.store.clock.MajorityClock;
import dev.holdfast.store.peers.ClockWatch;
import dev.holdfast.store.peers.PeerWatch;
import dev.holdfast.store.testing.FakePeers;
import dev.holdfast.store.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On node-a. */
final class LeadershipBalancerTest {
  private static final int PARTITION = 1;
  private static final Duration OFF = Duration.ofMinutes(10);

  private final ManualClock clock = new ManualClock();
  private final FakePeers fakes = new FakePeers(clock);
  private final PeerWatch peers = fakes.watched("node-b", "node-c");
  private final ClockWatch clocks =
      new ClockWatch(
          new LogClocks(clock.clock(), new MajorityClock(), Duration.ofSeconds(10)), peers, 3);
  private final FakePartition partition = new FakePartition(PARTITION);

  @BeforeEach
  void answer() {
    peer("node-b", Duration.ZERO, 1_000);
    peer("node-c", Duration.ZERO, 1_000);
    partition.lastLogIndex = 1_050;
  }

  @Test
  void shouldGiveLeadershipBackOnceThePreferredNodeWasAliveForAWhile() {
    LeadershipBalancer balancer = preferring("node-b");
    run(balancer, 2);
    assertThat(partition.transfers()).isEmpty();

    run(balancer, 1);

    assertThat(partition.transfers()).containsExactly("node-b");
    run(balancer, 10);
    assertThat(partition.transfers()).as("it pauses").isEmpty();
  }

  @Test
  void shouldNotGiveItToOneThatIsBehindOrSilentOrStopped() {
    LeadershipBalancer balancer = preferring("node-b");
    peer("node-b", Duration.ZERO, 900);
    run(balancer, 20);
    fakes.tells(
        "node-b",
        status -> status.addReplicas(ReplicaStatus.newBuilder().setPartition(1).setFault("disk")));
    run(balancer, 20);
    fakes.isSilent("node-b");
    run(balancer, 20);
    partition.dead.add("node-b");
    run(balancer, 20);

    assertThat(partition.transfers()).isEmpty();
  }

  @Test
  void shouldNotGiveItToOneWhoseClockIsOff() {
    LeadershipBalancer balancer = preferring("node-b");
    peer("node-b", OFF, 1_050);
    run(balancer, 20);
    assertThat(partition.transfers()).isEmpty();

    peer("node-b", Duration.ZERO, 1_050);
    run(balancer, 3);

    assertThat(partition.transfers()).containsExactly("node-b");
  }

  @Test
  void shouldHandOverAtEveryRunUntilItWorkedWhenItsOwnClockIsOff() {
    LeadershipBalancer balancer = preferring("node-a");
    peer("node-c", Duration.ZERO, 1_020);
    partition.refusing = true;
    clock.step(OFF);
    run(balancer, 2);
    assertThat(partition.transfers()).containsExactly("node-c", "node-c");

    partition.leader = false;
    run(balancer, 1);

    assertThat(partition.transfers()).isEmpty();
  }

  @Test
  void shouldHandOverToNobodyWhoIsDeadOrOffToo() {
    LeadershipBalancer balancer = preferring("node-a");
    clock.step(OFF);
    partition.dead.add("node-c");
    run(balancer, 1);
    assertThat(partition.transfers()).containsExactly("node-b");

    partition.dead.add("node-b");
    run(balancer, 1);

    assertThat(partition.transfers()).isEmpty();
  }

  @Test
  void shouldHandOverToAnybodyWhenItStopped() {
    partition.stopped = true;

    run(preferring("node-a"), 1);

    assertThat(partition.transfers()).containsExactly("any");
  }

  private LeadershipBalancer preferring(String node) {
    var members =
        new LeadershipBalancer.Members("node-a", node, List.of("node-a", "node-b", "node-c"));
    return new LeadershipBalancer(partition, members, peers, clocks);
  }

  private void peer(String node, Duration offset, long appliedIndex) {
    fakes.answers(node, offset);
    fakes.tells(
        node,
        status ->
            status.addReplicas(
                ReplicaStatus.newBuilder().setPartition(PARTITION).setAppliedIndex(appliedIndex)));
  }

  private void run(LeadershipBalancer balancer, int times) {
    for (int i = 0; i < times; i++) {
      clock.pass(Duration.ofSeconds(1));
      peers.run();
      clocks.run();
      balancer.run();
    }
  }
}
