package dev.holdfast.cli.bench;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.FailedException;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import dev.holdfast.proto.aggregator.v1.PartitionSync;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Measures the aggregator of a temporary cluster: how fast it catches up, how soon it includes new
 * writes, and how fast it rebuilds its parts.
 */
final class ViewBench {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final OwnCluster cluster;
  private final int port;
  private final int partitions;
  private @Nullable Process starting;
  private long seenEvents;
  private long seenNanos;

  ViewBench(OwnCluster cluster, int port, int partitions) {
    this.cluster = cluster;
    this.port = port;
    this.partitions = partitions;
  }

  /** The writes while the view is measured. */
  record Load(HoldfastClient client, Items items, Duration time) {}

  private GlobalViewClient connect() {
    return GlobalViewClient.connect(
        cluster.clients(List.of("127.0.0.1:" + port)).withBudget(WITHIN));
  }

  /** Starts an aggregator that has nothing, and counts the events that it is first seen to have. */
  ViewRow start() throws IOException {
    long launchedNanos = System.nanoTime();
    starting = cluster.startAggregator();
    awaitPort();
    try (GlobalViewClient view = connect()) {
      seenEvents = firstEvents(view);
    }
    seenNanos = System.nanoTime();
    return new ViewRow("start", partitions, seenEvents, seconds(launchedNanos), null);
  }

  private static long firstEvents(GlobalViewClient view) {
    long startedNanos = System.nanoTime();
    long events = events(view);
    while (events == 0) {
      pauseUnlessLate(startedNanos);
      events = events(view);
    }
    return events;
  }

  private static long events(GlobalViewClient view) {
    return Await.answer(view.sync().status()).getPartitionsList().stream()
        .mapToLong(PartitionSync::getCursor)
        .sum();
  }

  /** Waits from there until the view includes everything committed. */
  ViewRow catchUp() {
    try (GlobalViewClient view = connect()) {
      long events =
          Await.answer(view.sync().syncNow()).getSequencesList().stream()
              .mapToLong(Long::longValue)
              .sum();
      double seconds = seconds(seenNanos);
      if (starting != null) {
        OwnCluster.await(starting);
      }
      return new ViewRow("catch-up", partitions, events - seenEvents, seconds, null);
    }
  }

  private void awaitPort() {
    long startedNanos = System.nanoTime();
    while (!isOpen()) {
      pauseUnlessLate(startedNanos);
    }
  }

  private boolean isOpen() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException closed) {
      return false;
    }
  }

  private static void pauseUnlessLate(long startedNanos) {
    if (System.nanoTime() - startedNanos > WITHIN.toNanos()) {
      throw new FailedException("the aggregator did not get current within " + WITHIN);
    }
    LockSupport.parkNanos(POLL.toNanos());
  }

  /** Writes at a fixed rate, and measures how soon the view includes the writes. */
  ViewRow lag(Load load) {
    try (GlobalViewClient view = connect()) {
      return new ViewLag(load.items(), load.client(), view).measure(partitions, load.time());
    }
  }

  /** Rebuilds all parts, one after the other. */
  ViewRow rebuild() {
    long startedNanos = System.nanoTime();
    long records = 0;
    try (GlobalViewClient view = connect()) {
      for (int partition = 0; partition < partitions; partition++) {
        PartitionProof proof = Await.answer(view.sync().rebuild(partition)).getProof();
        if (!proof.getEqual()) {
          throw new FailedException("partition " + partition + " was not proven");
        }
        records += proof.getView().getRecords();
      }
    }
    return new ViewRow("rebuild", partitions, records, seconds(startedNanos), null);
  }

  static double seconds(long startedNanos) {
    return (System.nanoTime() - startedNanos) / 1e9;
  }
}
