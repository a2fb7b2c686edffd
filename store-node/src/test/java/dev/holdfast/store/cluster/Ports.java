package dev.holdfast.store.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports below those that the system gives to outgoing connections: a node that is stopped for
 * a while must find its port free when it comes back.
 */
final class Ports {
  private static final int FIRST = 15_000;
  private static final int LAST = 32_000;

  private final Set<Integer> given = new HashSet<>();

  int next() {
    int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
    while (!given.add(port) || !isFree(port)) {
      port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
