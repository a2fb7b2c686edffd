package dev.holdfast.common.tls;

import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslCertificateException;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts whom another trusts, and tells a caller of an unknown authority that it is that: a native
 * TLS would speak of an internal error. Does not tell callers its authorities. A native TLS context
 * would tell those of its start for ever, and callers that choose their certificate by them would
 * show none of a newer authority.
 */
final class UnlistedAuthorities extends X509ExtendedTrustManager {
  private static final int UNKNOWN_AUTHORITY = 20; // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY

  private final X509ExtendedTrustManager trust;

  UnlistedAuthorities(X509ExtendedTrustManager trust) {
    this.trust = trust;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    try {
      trust.checkClientTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw isOfUnknownAuthority(e) ? new OpenSslCertificateException(e, UNKNOWN_AUTHORITY) : e;
    }
  }

  private static boolean isOfUnknownAuthority(CertificateException refusal) {
    for (Throwable at = refusal; at != null; at = at.getCause()) {
      if (at instanceof CertPathBuilderException
          || (at instanceof CertPathValidatorException path
              && path.getReason() == PKIXReason.NO_TRUST_ANCHOR)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    trust.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    trust.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    trust.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    trust.checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    trust.checkServerTrusted(chain, type);
  }
}
