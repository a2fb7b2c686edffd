package dev.holdfast.store.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.store.testing.FakePeers;
import dev.holdfast.store.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PeerWatchTest {
  private static final Duration TICK = Duration.ofMillis(250);

  private final ManualClock clock = new ManualClock();
  private final FakePeers peers = new FakePeers(clock);

  @Test
  void shouldAskOnceASecondWhoAnswersAndMoreOftenWhoNeverDid() {
    PeerWatch watch = peers.watched("node-b", "node-c");
    peers.answers("node-b", Duration.ZERO);

    for (int i = 0; i < 5; i++) {
      watch.run();
      clock.pass(TICK);
    }

    assertThat(peers.asked())
        .containsExactly("node-b", "node-c", "node-c", "node-c", "node-c", "node-b", "node-c");
  }

  @Test
  void shouldKeepTheLatestAnswerAndTellItsAge() {
    PeerWatch watch = peers.watched("node-b", "node-c");
    peers.answers("node-b", Duration.ZERO);
    peers.tells(
        "node-b",
        status ->
            status
                .addReplicas(ReplicaStatus.newBuilder().setPartition(1).setAppliedIndex(17))
                .addReplicas(ReplicaStatus.newBuilder().setPartition(2).setFault("disk")));
    watch.run();
    peers.isSilent("node-b");
    clock.pass(PeerWatch.FRESH);
    watch.run();

    PeerStatus latest = watch.latest("node-b").orElseThrow();

    assertThat(watch.age(latest)).isEqualTo(PeerWatch.FRESH);
    assertThat(watch.fresh("node-b")).contains(latest);
    assertThat(latest.healthyReplica(1).orElseThrow().getAppliedIndex()).isEqualTo(17);
    assertThat(latest.healthyReplica(2)).isEmpty();
    assertThat(watch.latest("node-c")).isEmpty();
    assertThat(watch.all()).containsExactly(latest);
    clock.pass(TICK);
    assertThat(watch.fresh("node-b")).isEmpty();
    assertThat(watch.allFresh()).isEmpty();
    assertThat(watch.latest("node-b")).contains(latest);
  }

  @Test
  void shouldTellAPeersClockWhateverThisNodesWallClockDoes() {
    PeerWatch watch = peers.watched("node-b");
    peers.answers("node-b", Duration.ofMinutes(3));
    clock.step(Duration.ofDays(5));

    watch.run();

    long right = ManualClock.START - clock.clock().monotonicMillis();
    assertThat(watch.latest("node-b").orElseThrow().clockBaseMillis())
        .hasValue(right + Duration.ofMinutes(3).toMillis());
  }

  @Test
  void shouldTakeTheMiddleOfTheRoundTripAndNoClockFromASlowOne() {
    List<Consumer<GetNodeStatusResponse>> asked = new ArrayList<>();
    StatusCalls slow = (node, answered, failed) -> asked.add(answered);
    PeerWatch watch = new PeerWatch(List.of("node-b"), slow, clock.clock().nanos());
    watch.run();
    GetNodeStatusResponse answer =
        GetNodeStatusResponse.newBuilder()
            .setNodeId("node-b")
            .setWallClockMillis(ManualClock.START + 200)
            .build();

    clock.pass(Duration.ofMillis(400));
    asked.get(0).accept(answer);
    assertThat(watch.latest("node-b").orElseThrow().clockBaseMillis())
        .hasValue(clock.clock().baseMillis());

    clock.pass(Duration.ofSeconds(1));
    watch.run();
    clock.pass(Duration.ofMillis(501));
    watch.run();
    assertThat(asked).as("one at a time").hasSize(2);
    asked.get(1).accept(answer);
    assertThat(watch.latest("node-b").orElseThrow().clockBaseMillis()).isEmpty();
  }

  @Test
  void shouldNotTakeTheAnswerOfAnotherNode() {
    PeerWatch watch = peers.watched("node-b");
    peers.answers("node-b", Duration.ZERO);
    peers.tells("node-b", status -> status.setNodeId("node-x"));

    watch.run();

    assertThat(watch.all()).isEmpty();
  }
}
