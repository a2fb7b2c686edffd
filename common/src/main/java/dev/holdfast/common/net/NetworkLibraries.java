package dev.holdfast.common.net;

import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;

/** The native code of the network: the transport of Linux, and TLS. */
public final class NetworkLibraries {
  private NetworkLibraries() {}

  /** Loads them now rather than at their first use. Where there are none, Java does their work. */
  public static void load() {
    Epoll.isAvailable();
    OpenSsl.isAvailable();
  }
}
