package dev.holdfast.common.access;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.lang.reflect.Proxy;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Connections as they look after a handshake, with a certificate of choice or none. */
final class ShownCertificates extends ServerTransportFilter {
  private final AtomicReference<@Nullable X509Certificate> next = new AtomicReference<>();

  /** Shown by connections that are made from now on. */
  void show(@Nullable X509Certificate certificate) {
    next.set(certificate);
  }

  @Override
  public Attributes transportReady(Attributes connection) {
    return connection.toBuilder().set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session(next.get())).build();
  }

  private static SSLSession session(@Nullable X509Certificate certificate) {
    return (SSLSession)
        Proxy.newProxyInstance(
            SSLSession.class.getClassLoader(),
            new Class<?>[] {SSLSession.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("getPeerCertificates")) {
                throw new UnsupportedOperationException(method.getName());
              }
              if (certificate == null) {
                throw new SSLPeerUnverifiedException("none was shown");
              }
              return new Certificate[] {certificate};
            });
  }
}
