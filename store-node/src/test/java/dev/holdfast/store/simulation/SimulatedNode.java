package dev.holdfast.store.simulation;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.store.clock.LogClock;
import dev.holdfast.store.clock.LogClocks;
import dev.holdfast.store.clock.MajorityClock;
import dev.holdfast.store.peers.ClockWatch;
import dev.holdfast.store.peers.PeerWatch;
import dev.holdfast.store.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A machine: its clocks, and the process that compares them with those of its peers. */
final class SimulatedNode {
  static final Duration TOLERANCE = Duration.ofSeconds(10);

  final int number;
  private final Cluster cluster;
  private final ManualClock machine = new ManualClock();
  private LogClocks clocks;
  private PeerWatch peers;
  private ClockWatch watch;
  private boolean up = true;
  private int permilleFast;

  SimulatedNode(int number, Cluster cluster) {
    this.number = number;
    this.cluster = cluster;
    start();
  }

  private void start() {
    clocks = new LogClocks(machine.clock(), new MajorityClock(), TOLERANCE);
    List<String> others =
        IntStream.range(0, RaftGroup.MEMBERS)
            .filter(other -> other != number)
            .mapToObj(SimulatedNode::name)
            .toList();
    peers = new PeerWatch(others, this::ask, machine.clock().nanos());
    watch = new ClockWatch(clocks, peers, RaftGroup.MEMBERS);
  }

  static String name(int node) {
    return "n" + node;
  }

  /** Most answers come at once, others late. */
  private void ask(String node, Consumer<GetNodeStatusResponse> answered, Runnable failed) {
    int other = node.charAt(1) - '0';
    PeerWatch asking = peers;
    Runnable answer =
        () -> {
          if (asking != peers) {
            return; // the process that asked is gone
          }
          if (cluster.areConnected(number, other)) {
            answered.accept(
                GetNodeStatusResponse.newBuilder()
                    .setNodeId(node)
                    .setWallClockMillis(cluster.node(other).machine.wallMillis())
                    .build());
          } else {
            failed.run();
          }
        };
    if (cluster.chance().percent(80)) {
      answer.run();
    } else {
      cluster.network().send(answer);
    }
  }

  void watchClocks() {
    peers.run();
    watch.run();
  }

  LogClock openClock(long lastBatchMillis) {
    return clocks.open(lastBatchMillis);
  }

  long nanos() {
    return machine.clock().nanos().getAsLong();
  }

  boolean isUp() {
    return up;
  }

  void stop() {
    up = false;
  }

  /** A new process on the same machine. */
  void restart() {
    up = true;
    start();
  }

  void pass(long millis) {
    machine.pass(Duration.ofMillis(millis + millis * permilleFast / 1000));
  }

  void step(long millis) {
    machine.step(Duration.ofMillis(millis));
  }

  void drift(int permille) {
    permilleFast = permille;
  }

  /** How far the wall clock is ahead of a time that is right. */
  long aheadMillis(long passedMillis) {
    return machine.wallMillis() - ManualClock.START - passedMillis;
  }
}
