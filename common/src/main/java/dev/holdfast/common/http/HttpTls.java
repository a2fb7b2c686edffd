package dev.holdfast.common.http;

import dev.holdfast.common.tls.TlsIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** HTTP over TLS 1.3: callers may show a certificate, and browsers are told to be careful. */
final class HttpTls {
  private static final String VERSION = "TLSv1.3";

  /** A token of the largest size and what else comes with it, as by gRPC. */
  private static final int HEADERS_BYTES_MAX = 16 << 10;

  /** Answers are data: they are not stored, not shown in frames, and run nothing. */
  private static final List<HttpField> CAREFUL =
      List.of(
          new HttpField("X-Content-Type-Options", "nosniff"),
          new HttpField("X-Frame-Options", "DENY"),
          new HttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          new HttpField("Referrer-Policy", "no-referrer"),
          new HttpField("Strict-Transport-Security", "max-age=31536000"),
          new HttpField(HttpHeader.CACHE_CONTROL, "no-store"));

  private HttpTls() {}

  static SslConnectionFactory connections(TlsIdentity identity) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(identity.httpServer());
    tls.setIncludeProtocols(VERSION);
    tls.setWantClientAuth(true);
    tls.setRenegotiationAllowed(false);
    return new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString());
  }

  /** Lets handlers see the certificates of callers, and adds headers to all answers. */
  static void configure(HttpConfiguration http) {
    http.setRequestHeaderSize(HEADERS_BYTES_MAX);
    http.addCustomizer(new SecureRequestCustomizer(false));
    http.addCustomizer(
        (request, answer) -> {
          addTo(answer);
          return request;
        });
  }

  /** Adds the headers for browsers. */
  static void addTo(HttpFields.Mutable answer) {
    CAREFUL.forEach(answer::put);
  }

  /** The certificate that a caller showed; null without one. */
  static @Nullable X509Certificate certificate(Request request) {
    EndPoint.SslSessionData session =
        (EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
    X509Certificate[] shown = session == null ? null : session.peerCertificates();
    return shown == null || shown.length == 0 ? null : shown[0];
  }

  /**
   * Refuses callers whose certificate was revoked after their connection was made, or after the TLS
   * session that they resumed.
   */
  static final class Unrevoked extends Handler.Wrapper {
    private final TlsIdentity identity;

    Unrevoked(TlsIdentity identity, Handler others) {
      super(others);
      this.identity = identity;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      X509Certificate shown = certificate(request);
      if (shown == null || !identity.isRevoked(shown)) {
        return super.handle(request, response, callback);
      }
      Response.writeError(request, response, callback, 401, "the certificate is revoked");
      return true;
    }
  }
}
