package dev.holdfast.common.net;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open, accepted or made, so that those can be ended whose peer's
 * certificate is no good any more. For any thread.
 */
public final class OpenConnections {
  private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

  /** Counts a connection among them until it is closed. */
  public <C extends Channel> C add(C channel) {
    channels.add(channel);
    var unused = channel.closeFuture().addListener(closed -> channels.remove(channel));
    return channel;
  }

  /** The number of connections, those that shake hands included. */
  public int count() {
    return channels.size();
  }

  /** Ends the connections of peers that showed such a certificate, as theirs or its signer's. */
  public void end(Predicate<X509Certificate> certificates) {
    for (Channel channel : channels) {
      List<X509Certificate> shown = shown(channel);
      if (shown.stream().anyMatch(certificates)) {
        LOG.warn(
            "the certificate of {} at {}, or one above it, is revoked: the connection is ended",
            shown.get(0).getSubjectX500Principal().getName(),
            channel.remoteAddress());
        end(channel);
      }
    }
  }

  /** The certificates that the peer showed; none before the handshake, and when it has none. */
  private static List<X509Certificate> shown(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    try {
      return tls == null
          ? List.of()
          : Arrays.stream(tls.engine().getSession().getPeerCertificates())
              .filter(X509Certificate.class::isInstance)
              .map(X509Certificate.class::cast)
              .toList();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  /** From below gRPC, which would wait for the calls of the connection to end. */
  private static void end(Channel channel) {
    ChannelHandlerContext lowest = channel.pipeline().firstContext();
    if (lowest != null) {
      var unused = lowest.close();
    }
  }
}
