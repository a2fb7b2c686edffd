package dev.holdfast.common.client;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;

/** Makes the channels of a client, which all are as secure. */
final class ChannelMaker {
  /** A full page or batch with room to spare. */
  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  private final boolean inTheClear;
  private final ChannelCredentials credentials;
  private final List<ClientInterceptor> interceptors;

  ChannelMaker(ClientSecurity security) {
    inTheClear = security.tls() == null;
    credentials =
        security.tls() == null ? InsecureChannelCredentials.create() : security.tls().credentials();
    interceptors =
        security.token() == null ? List.of() : List.of(new BearerToken(security.token()));
  }

  /** Whether the channels do not speak TLS. */
  boolean inTheClear() {
    return inTheClear;
  }

  ManagedChannel channelTo(String address) {
    return NettyChannelBuilder.forTarget("dns:///" + address, credentials)
        .intercept(interceptors)
        .directExecutor()
        .disableRetry() // the caller retries, since it knows which calls may be repeated
        .maxInboundMessageSize(MESSAGE_BYTES_MAX)
        .build();
  }
}
