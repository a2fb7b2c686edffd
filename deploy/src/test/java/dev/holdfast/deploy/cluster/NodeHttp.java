package dev.holdfast.deploy.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** HTTP of a node, from outside. With TLS it takes every certificate, to be looked at. */
record NodeHttp(boolean secured, String host, int port) {
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  HttpURLConnection get(String path) throws IOException {
    URI uri = URI.create((secured ? "https://" : "http://") + host + ":" + port);
    HttpURLConnection connection = (HttpURLConnection) uri.resolve(path).toURL().openConnection();
    connection.setConnectTimeout((int) TIMEOUT.toMillis());
    connection.setReadTimeout((int) TIMEOUT.toMillis());
    if (connection instanceof HttpsURLConnection tls) {
      tls.setSSLSocketFactory(any().getSocketFactory());
      tls.setHostnameVerifier((name, session) -> true);
      tls.setRequestProperty("Connection", "close"); // the next one shakes hands again
    }
    return connection;
  }

  String text(String path) throws IOException {
    HttpURLConnection connection = get(path);
    boolean good = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream body = good ? connection.getInputStream() : connection.getErrorStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  X509Certificate certificate(String path) throws IOException {
    HttpsURLConnection connection = (HttpsURLConnection) get(path);
    connection.getResponseCode();
    return (X509Certificate) connection.getServerCertificates()[0];
  }

  private static SSLContext any() {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new Any()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS 1.3", e);
    }
  }

  private static final class Any implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
