package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.util.Endpoint;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.TlsIdentity;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Says which certificates make which peers.
 *
 * @param tls this node's certificate; null for a network without any, where everybody is believed
 * @param cluster id of the cluster, in the names of all certificates
 * @param nodes ids of the members by their addresses for Raft
 */
public record PeerTrust(@Nullable TlsIdentity tls, String cluster, Map<Endpoint, String> nodes) {
  public PeerTrust {
    nodes = Map.copyOf(nodes);
  }

  /** Believes everybody: without certificates nobody can be told from another. */
  public static PeerTrust everybody() {
    return new PeerTrust(null, "", Map.of());
  }

  ChannelCredentials callerCredentials() {
    return tls == null ? InsecureChannelCredentials.create() : tls.callerOfNodes(cluster);
  }

  ServerCredentials serverCredentials() {
    return tls == null
        ? InsecureServerCredentials.create()
        : tls.server(TlsServerCredentials.ClientAuth.REQUIRE);
  }

  /**
   * The id of the node at an address, which its certificate must show; the address of no member.
   */
  String authorityOf(Endpoint endpoint) {
    return nodes.getOrDefault(endpoint, endpoint.toString());
  }

  /** The certificate that a peer showed; empty without TLS. */
  static Optional<X509Certificate> certificate(@Nullable SSLSession session) {
    if (session == null) {
      return Optional.empty();
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate shown
          ? Optional.of(shown)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }

  /** Whether a certificate is that of a member of this cluster, and still good. */
  boolean isMember(@Nullable X509Certificate shown) {
    if (tls == null) {
      return true;
    }
    return shown != null
        && !tls.isRevoked(shown)
        && CertificateName.of(shown)
            .filter(name -> name.equals(CertificateName.node(cluster, name.id())))
            .filter(name -> nodes.containsValue(name.id()))
            .isPresent();
  }

  /** Whether a peer with this certificate may speak as the member with an address. */
  boolean maySpeakAs(@Nullable X509Certificate shown, Endpoint member) {
    if (tls == null) {
      return true;
    }
    String node = nodes.get(member);
    return shown != null
        && node != null
        && CertificateName.of(shown).equals(Optional.of(CertificateName.node(cluster, node)));
  }
}
