package dev.holdfast.common.http;

import dev.holdfast.common.tls.TlsIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** HTTP over TLS 1.3: callers may show a certificate. */
final class HttpTls {
  private static final String VERSION = "TLSv1.3";

  private HttpTls() {}

  static SslConnectionFactory connections(TlsIdentity identity) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(identity.httpServer());
    tls.setIncludeProtocols(VERSION);
    tls.setWantClientAuth(true);
    tls.setRenegotiationAllowed(false);
    return new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString());
  }

  /** Lets handlers see the certificates of callers. */
  static void configure(HttpConfiguration http) {
    http.addCustomizer(new SecureRequestCustomizer(false));
  }

  /** The certificates that a caller showed: its own, then those above it; none without one. */
  static List<X509Certificate> certificates(Request request) {
    EndPoint.SslSessionData session =
        (EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
    X509Certificate[] shown = session == null ? null : session.peerCertificates();
    return shown == null ? List.of() : List.of(shown);
  }
}
