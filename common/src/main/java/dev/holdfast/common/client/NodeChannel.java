package dev.holdfast.common.client;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
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
  private final boolean inTheClear;
  private final AtomicLong nextProbeNanos = new AtomicLong();
  private volatile boolean suspect;
  private volatile boolean connected;
  private volatile boolean refuses;

  /**
   * @param inTheClear whether the channels do not speak TLS
   */
  NodeChannel(String address, List<ManagedChannel> channels, boolean inTheClear) {
    this.address = address;
    this.inTheClear = inTheClear;
    this.channels = List.copyOf(channels);
    this.channels.forEach(channel -> noteConnection(channel, channel.getState(false)));
  }

  /** On the transport's threads, at once: before a call on that connection can have failed. */
  private void noteConnection(ManagedChannel channel, ConnectivityState before) {
    channel.notifyWhenStateChanged(
        before,
        () -> {
          ConnectivityState now = channel.getState(false);
          if (now == ConnectivityState.READY) {
            connected = true;
          } else if (now != ConnectivityState.SHUTDOWN) {
            noteConnection(channel, now);
          }
        });
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
      refuses = false;
    }
  }

  /** The failure of a call to this node, with what is known of it here. */
  Failure explained(Failure failure) {
    return connected ? failure.at(address) : failure.atUnconnected(address, inTheClear);
  }

  /** Whether the last call failed in a way that lasts, since the two sides differ about TLS. */
  boolean refuses() {
    return refuses;
  }

  void failed(Failure failure) {
    refuses = failure.tls() != null && failure.tls().lasts();
    if (!suspect) {
      nextProbeNanos.set(System.nanoTime() + AVOID_NANOS);
      suspect = true;
    }
  }

  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
