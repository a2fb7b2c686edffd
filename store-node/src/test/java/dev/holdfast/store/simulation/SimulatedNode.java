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
  private static final Duration BALANCE = Duration.ofSeconds(1);

  final int number;
  private final Cluster cluster;
  private final ManualClock machine = new ManualClock();
  private LogClocks clocks;
  private PeerWatch peers;
  private ClockWatch watch;
  private boolean up = true;
  private boolean dying;
  private boolean diskFull;
  private int threads;
  private long balancedNanos;
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

  static int number(String name) {
    return name.charAt(1) - '0';
  }

  /** Most answers come at once, others late. */
  private void ask(String node, Consumer<GetNodeStatusResponse> answered, Runnable failed) {
    int other = number(node);
    PeerWatch asking = peers;
    Runnable answer =
        () -> {
          if (asking != peers) {
            return; // the process that asked is gone
          }
          if (cluster.areConnected(number, other)) {
            answered.accept(cluster.node(other).status());
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

  private GetNodeStatusResponse status() {
    GetNodeStatusResponse.Builder status =
        GetNodeStatusResponse.newBuilder()
            .setNodeId(name(number))
            .setWallClockMillis(machine.wallMillis())
            .setDiskNearlyFull(diskFull);
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      status.addReplicas(cluster.replicas(partition).get(number).status());
    }
    return status.build();
  }

  /** Compares clocks, and looks at who has room; once a second, also at who should lead. */
  void watch() {
    peers.run();
    watch.run();
    boolean balances = nanos() - balancedNanos >= BALANCE.toNanos();
    if (balances) {
      balancedNanos = nanos();
    }
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      cluster.replicas(partition).get(number).watch(balances);
    }
  }

  PeerWatch peers() {
    return peers;
  }

  ClockWatch clocks() {
    return watch;
  }

  /** A thread of its process begins something, perhaps while another one is held. */
  void enter() {
    threads++;
  }

  void leave() {
    threads--;
  }

  boolean isWithinAnother() {
    return threads > 1;
  }

  /** Its process is dead, though its threads do not know yet. */
  boolean isDying() {
    return dying;
  }

  void fillDisk(boolean full) {
    diskFull = full;
  }

  boolean isDiskFull() {
    return diskFull;
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

  /** Nothing that its threads do from now on has any effect. */
  void die() {
    up = false;
    dying = true;
  }

  void buried() {
    dying = false;
  }

  /** Goes no further in a process that died: the code that it runs may have caught that. */
  void mustLive() {
    if (dying) {
      throw new Strikes.Crash("a failpoint");
    }
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
