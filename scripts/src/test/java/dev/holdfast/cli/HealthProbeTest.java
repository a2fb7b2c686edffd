package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.common.tls.TlsIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HealthProbeTest {
  @TempDir private Path temporary;

  @Test
  void shouldBelieveAHealthyNodeOfItsAuthority() throws Exception {
    Path certs = certs("ours");
    assertThat(isHealthy(200, certs, certs)).isTrue();
    assertThat(isHealthy(503, certs, certs)).isFalse();
    assertThat(isHealthy(200, certs, certs("others"))).isFalse();
    assertThat(isHealthy(200, certs, temporary.resolve("none"))).isFalse();
  }

  private Path certs(String name) {
    Path directory = temporary.resolve(name);
    CliRun made = CliRun.of("certs", "init", "--node", "node-a", "--dir", directory.toString());
    assertThat(made.code()).as(made.err()).isZero();
    return directory;
  }

  private static boolean isHealthy(int code, Path of, Path believed) throws Exception {
    TlsIdentity identity =
        TlsIdentity.load(
            new TlsFiles(
                of.resolve("node.node-a.crt"),
                of.resolve("node.node-a.key"),
                of.resolve("ca.crt"),
                null));
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.httpServer()));
    server.createContext(
        "/api/health",
        exchange -> {
          exchange.sendResponseHeaders(code, -1);
          exchange.close();
        });
    server.start();
    try {
      return HealthProbe.isHealthy(server.getAddress().getPort(), believed.resolve("ca.crt"));
    } finally {
      server.stop(0);
    }
  }
}
