package dev.holdfast.common.tls;

import io.grpc.util.AdvancedTlsX509TrustManager.SslSocketAndEnginePeerVerifier;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * Looks at a peer's certificate after its signatures and times were found good: it must not be
 * revoked. Of a caller that is all, since who may do what is decided by call.
 */
class PeerCheck implements SslSocketAndEnginePeerVerifier {
  private final Supplier<Trust> trust;

  PeerCheck(Supplier<Trust> trust) {
    this.trust = trust;
  }

  @Override
  public void verifyPeerCertificate(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("only engines are expected");
  }

  @Override
  public void verifyPeerCertificate(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    trust.get().requireNotRevoked(List.of(chain));
  }

  /** Of the node that a channel is meant for by its authority, whatever its address. */
  static final class NamedNode extends PeerCheck {
    private final String cluster;

    NamedNode(Supplier<Trust> trust, String cluster) {
      super(trust);
      this.cluster = cluster;
    }

    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      super.verifyPeerCertificate(chain, type, engine);
      CertificateName wanted = CertificateName.node(cluster, engine.getPeerHost());
      CertificateName shown = CertificateName.of(chain[0]).orElse(null);
      if (!wanted.equals(shown)) {
        throw new CertificateException(
            "the certificate is for %s, not for %s"
                .formatted(shown == null ? "no node" : shown.uri(), wanted.uri()));
      }
    }
  }
}
