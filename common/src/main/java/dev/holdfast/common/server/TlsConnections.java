package dev.holdfast.common.server;

import dev.holdfast.common.net.AddressLimit;
import dev.holdfast.common.net.Handshakes;
import dev.holdfast.common.net.NetworkThreads;
import dev.holdfast.common.net.OpenConnections;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tls.TlsIdentity;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The connections of a gRPC server with TLS. Bounds what callers cost that nobody knows yet: their
 * number by address, the time of a handshake, the size of headers. Ends the connections of revoked
 * certificates.
 */
final class TlsConnections implements AutoCloseable {
  /** A token of the largest size and what else comes with it. */
  private static final int METADATA_BYTES_MAX = 16 << 10;

  private final TlsIdentity identity;
  private final NetworkThreads threads = new NetworkThreads("grpc-callers", 0);
  private final OpenConnections open = new OpenConnections();
  private final AddressLimit limit;

  TlsConnections(TlsIdentity identity, NodeSecurity security) {
    this.identity = identity;
    String key = "holdfast.security.connections-per-address-max";
    this.limit =
        new AddressLimit(
            key,
            security.connectionsPerAddressMax(),
            open,
            security.handshakes(),
            Handshakes.Port.GRPC);
    security.afterEachLook(() -> open.end(identity::isRevoked));
  }

  NettyServerBuilder server(InetSocketAddress address) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, identity.server(ClientAuth.OPTIONAL))
            .handshakeTimeout(Handshakes.SECONDS_MAX, TimeUnit.SECONDS)
            .maxInboundMetadataSize(METADATA_BYTES_MAX);
    threads.use(builder, limit);
    return builder;
  }

  /** The number of connections, those that shake hands included. */
  int count() {
    return open.count();
  }

  @Override
  public void close() {
    threads.close();
  }
}
