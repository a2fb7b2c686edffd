package dev.holdfast.common.client;

import dev.holdfast.common.net.NetworkThreads;
import dev.holdfast.common.net.OpenConnections;
import dev.holdfast.common.tls.CallerIdentity;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the channels of a client, which all are as secure. */
final class ChannelMaker implements AutoCloseable {
  /** A full page or batch with room to spare. */
  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  private final @Nullable CallerIdentity tls;
  private final ChannelCredentials credentials;
  private final List<ClientInterceptor> interceptors;
  private final OpenConnections connections = new OpenConnections();

  /** Of its own, which lets connections be ended; null for those of gRPC. */
  private final @Nullable NetworkThreads threads;

  ChannelMaker(ClientSecurity security) {
    tls = security.tls();
    credentials = tls == null ? InsecureChannelCredentials.create() : tls.credentials();
    threads =
        tls != null && tls.hasRevocationList() ? new NetworkThreads("holdfast-network", 0) : null;
    interceptors =
        security.token() == null ? List.of() : List.of(new BearerToken(security.token()));
  }

  /** Whether the channels do not speak TLS. */
  boolean inTheClear() {
    return tls == null;
  }

  ManagedChannel channelTo(String address) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget("dns:///" + address, credentials)
            .intercept(interceptors)
            .directExecutor()
            .disableRetry() // the caller retries, since it knows which calls may be repeated
            .maxInboundMessageSize(MESSAGE_BYTES_MAX);
    if (threads != null) {
      threads.use(builder, connections);
    }
    return builder.build();
  }

  /** Reads files of certificates that changed, and leaves nodes whose certificates are revoked. */
  void refresh() {
    if (tls != null) {
      tls.refresh();
      connections.end(tls::isRevoked);
    }
  }

  /** To be called behind the end of all channels. */
  @Override
  public void close() {
    if (threads != null) {
      threads.close();
    }
  }
}
