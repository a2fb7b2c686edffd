package dev.holdfast.aggregator.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Callers that misbehave at one port, on threads of their own, until they are closed. */
public final class Misbehaviour implements AutoCloseable {
  private static final int SOCKETS_EACH = 5;
  private static final long PACE_MILLIS = 50;
  private static final long UNREAD_MILLIS = 10_000;
  private static final int CALLS_PER_CONNECTION = 300;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> callers = new ArrayList<>();
  private final int port;
  private final byte[] opening;
  private final IntFunction<byte[]> request;
  private final IntFunction<byte[]> cheap;

  /**
   * Prepares callers of one port.
   *
   * @param opening what a connection begins with
   * @param request a whole request with a large answer, by its number on the connection
   * @param cheap one with a small answer, to flood with
   */
  public Misbehaviour(
      int port, byte[] opening, IntFunction<byte[]> request, IntFunction<byte[]> cheap) {
    this.port = port;
    this.opening = opening;
    this.request = request;
    this.cheap = cheap;
  }

  /** Starts so many callers of each of the five kinds. */
  public Misbehaviour start(int ofEachKind) {
    for (int i = 0; i < ofEachKind; i++) {
      start("stalled", () -> hold(half()));
      start("half-open", () -> hold(new byte[0]));
      start("not-reading", this::doNotRead);
      start("flooding", this::flood);
      start("resetting", this::reset);
    }
    return this;
  }

  private interface Conduct {
    /** Until something breaks, which is then done again. */
    void run() throws IOException;
  }

  private void start(String name, Conduct conduct) {
    Thread caller = new Thread(() -> repeat(conduct), name + "-" + port);
    caller.setDaemon(true);
    callers.add(caller);
    caller.start();
  }

  private void repeat(Conduct conduct) {
    while (!pauseOrStop(PACE_MILLIS)) {
      try {
        conduct.run();
      } catch (IOException sentAway) {
        // what was to be expected; again
      }
    }
  }

  private boolean pauseOrStop(long millis) {
    try {
      return stopped.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private byte[] half() {
    byte[] first = request.apply(0);
    byte[] half = Arrays.copyOf(opening, opening.length + first.length / 2);
    System.arraycopy(first, 0, half, opening.length, first.length / 2);
    return half;
  }

  /** Sends that much and nothing more, until the node ends it. */
  private void hold(byte[] bytes) throws IOException {
    List<SocketChannel> held = new ArrayList<>();
    try {
      for (int i = 0; i < SOCKETS_EACH; i++) {
        held.add(open());
        send(held.get(i), bytes);
      }
      while (!pauseOrStop(100) && discard(held.get(0)) >= 0) {
        // the node has not ended it yet
      }
    } finally {
      closeAll(held);
    }
  }

  private void doNotRead() throws IOException {
    try (SocketChannel channel = open()) {
      send(channel, opening);
      for (int number = 0; number < CALLS_PER_CONNECTION; number++) {
        send(channel, request.apply(number));
      }
      pauseOrStop(UNREAD_MILLIS);
    }
  }

  private void flood() throws IOException {
    try (SocketChannel channel = open()) {
      send(channel, opening);
      for (int number = 0; number < CALLS_PER_CONNECTION && !pauseOrStop(PACE_MILLIS); number++) {
        send(channel, cheap.apply(number));
        if (discard(channel) < 0) {
          return;
        }
      }
    }
  }

  private void reset() throws IOException {
    try (SocketChannel channel = open()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      send(channel, opening);
      send(channel, request.apply(0));
      pauseOrStop(PACE_MILLIS);
    }
  }

  private SocketChannel open() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
    channel.socket().connect(address(), (int) Duration.ofSeconds(5).toMillis());
    channel.configureBlocking(false);
    return channel;
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** As much as goes; a node that does not read either is not waited for. */
  private static void send(SocketChannel channel, byte[] bytes) throws IOException {
    channel.write(ByteBuffer.wrap(bytes));
  }

  private static int discard(SocketChannel channel) throws IOException {
    return channel.read(ByteBuffer.allocate(64 << 10));
  }

  private static void closeAll(List<SocketChannel> channels) throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    try {
      for (Thread caller : callers) {
        caller.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
