package dev.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks the node in the same container for its health over TLS, for images that have no other
 * program which can. Not a command: it must start fast and often, so it needs Java alone.
 */
public final class HealthProbe {
  private static final int HEALTHY = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private HealthProbe() {}

  /**
   * Ends with exit code 0 when the node is healthy.
   *
   * @param arguments its HTTP port, and the file of the authorities that it believes itself
   */
  public static void main(String[] arguments) {
    int code = 1;
    if (arguments.length == 2) {
      code = isHealthy(Integer.parseInt(arguments[0]), Path.of(arguments[1])) ? 0 : 1;
    }
    System.exit(code);
  }

  static boolean isHealthy(int port, Path authorities) {
    try {
      URI health = URI.create("https://127.0.0.1:" + port + "/api/health");
      HttpsURLConnection connection = (HttpsURLConnection) health.toURL().openConnection();
      connection.setSSLSocketFactory(trusting(authorities).getSocketFactory());
      // this machine is the right one, whatever the names in the certificate
      connection.setHostnameVerifier((host, session) -> true);
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      return connection.getResponseCode() == HEALTHY;
    } catch (IOException | GeneralSecurityException notHealthy) {
      return false;
    }
  }

  private static SSLContext trusting(Path authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream file = Files.newInputStream(authorities)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        store.setCertificateEntry("authority-" + store.size(), each);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
