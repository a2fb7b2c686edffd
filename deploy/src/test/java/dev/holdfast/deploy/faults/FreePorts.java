package dev.holdfast.deploy.faults;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Random;

/** Ports of this machine that nobody uses, below those that connections are given. */
final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 6_000;

  private int last = FIRST + new Random().nextInt(COUNT);

  int next() {
    do {
      last = last + 1 < FIRST + COUNT ? last + 1 : FIRST;
    } while (!isFree(last));
    return last;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.getLocalPort() == port;
    } catch (IOException taken) {
      return false;
    }
  }
}
