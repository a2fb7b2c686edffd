package dev.holdfast.store.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.peers.PeerWatch;
import dev.holdfast.store.testing.FakePeers;
import dev.holdfast.store.testing.ManualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On node-a, which leads. */
final class RoomTimerTest {
  private final ManualClock clock = new ManualClock();
  private final FakePeers fakes = new FakePeers(clock);
  private final FakePartition partition = new FakePartition(0);
  private @Nullable String refusal;

  @Test
  void shouldRefuseWhenOnlyAMinorityHasRoomAndHealByItself() {
    full("node-b", true);
    full("node-c", true);
    run("node-b", "node-c");
    assertThat(refusal)
        .isEqualTo(
            "not tried: no majority of the nodes has room; nearly full: node-b, node-c;"
                + " free space there");

    full("node-c", false);
    run("node-b", "node-c");

    assertThat(refusal).as("two of three have room").isNull();
  }

  @Test
  void shouldCountWhoIsAwayAsSoonAsSomebodyIsFull() {
    full("node-b", true);
    run("node-b", "node-c");
    assertThat(refusal).as("node-c never answered").contains("nearly full: node-b; away: node-c");

    full("node-c", false);
    run("node-b", "node-c");
    assertThat(refusal).isNull();

    partition.dead.add("node-c");
    run("node-b", "node-c");
    assertThat(refusal).contains("nearly full: node-b; away: node-c");
  }

  @Test
  void shouldCountWhoIsFullAndAwayOnce() {
    full("node-b", true);
    full("node-c", true);
    full("node-d", false);
    full("node-e", false);
    partition.dead.add("node-b");
    run("node-b", "node-c", "node-d", "node-e");
    assertThat(refusal).as("three of five").isNull();

    full("node-d", true);
    run("node-b", "node-c", "node-d", "node-e");

    assertThat(refusal).contains("nearly full: node-b, node-c, node-d;");
  }

  @Test
  void shouldLeaveThoseWhoAreAwayToRaftWhileNobodyIsFull() {
    run("node-b", "node-c");

    assertThat(refusal).isNull();
  }

  @Test
  void shouldSayNothingWhereOthersLead() {
    full("node-b", true);
    full("node-c", true);
    run("node-b", "node-c");
    assertThat(refusal).isNotNull();

    partition.leader = false;
    run("node-b", "node-c");

    assertThat(refusal).isNull();
  }

  private void full(String node, boolean isFull) {
    fakes.answers(node, Duration.ZERO);
    fakes.tells(node, status -> status.setDiskNearlyFull(isFull));
  }

  private void run(String... others) {
    PeerWatch peers = fakes.watched(others);
    peers.run();
    new RoomTimer(partition, List.copyOf(Arrays.asList(others)), peers, why -> refusal = why).run();
  }
}
