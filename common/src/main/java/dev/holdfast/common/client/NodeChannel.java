package dev.holdfast.common.client;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections to one node, and whether to avoid it. After a transport failure the node is
 * avoided, except for one call a second that probes whether it is back. Safe for use by many
 * threads.
 */
final class NodeChannel {
  private static final long AVOID_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String address;
  private final List<ManagedChannel> channels;
  private final AtomicLong nextProbeNanos = new AtomicLong();
  private volatile boolean suspect;

  NodeChannel(String address, List<ManagedChannel> channels) {
    this.address = address;
    this.channels = List.copyOf(channels);
  }

  String address() {
    return address;
  }

  Channel channel() {
    int count = channels.size();
    return channels.get(count == 1 ? 0 : ThreadLocalRandom.current().nextInt(count));
  }

  /** Whether to send a call to this node now: always, or as a probe while the node is avoided. */
  boolean isUsable() {
    return !suspect || isProbeTurn();
  }

  private boolean isProbeTurn() {
    long now = System.nanoTime();
    long due = nextProbeNanos.get();
    if (now - due < 0 || !nextProbeNanos.compareAndSet(due, now + AVOID_NANOS)) {
      return false;
    }
    connectNow();
    return true;
  }

  /** Reconnects a broken connection now, however often that failed before. */
  void connectNow() {
    channels.forEach(ManagedChannel::resetConnectBackoff);
  }

  void answered() {
    if (suspect) {
      suspect = false;
    }
  }

  void failed() {
    if (!suspect) {
      nextProbeNanos.set(System.nanoTime() + AVOID_NANOS);
      suspect = true;
    }
  }

  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
