package dev.holdfast.store.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose peers would refuse it says so in one line, and leaves nothing behind. */
@Timeout(60)
final class TlsStartIT {
  private TestCertificates certificates;
  private TestCluster cluster;
  private TestNode node;

  @BeforeEach
  void make(@TempDir Path directory) throws IOException {
    certificates = new TestCertificates(Files.createDirectories(directory.resolve("certificates")));
    cluster = TestCluster.secured(directory, certificates, Map.of());
    node = cluster.node(0);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldRefuseAMissingFile() throws IOException {
    Files.delete(certificates.files("node-a").key());

    refuses("cannot read ", "node-a.key");
  }

  @Test
  void shouldRefuseTheKeyOfAnotherCertificate() throws IOException {
    Files.copy(
        certificates.files("node-b").key(),
        certificates.files("node-a").key(),
        StandardCopyOption.REPLACE_EXISTING);

    refuses("node-a.key is not the key of the certificate");
  }

  @Test
  void shouldRefuseTheCertificateOfAnother() {
    certificates.issue("node-a", TestCertificates.node("node-b"), Duration.ofDays(1));
    refuses("of spiffe://test-shop/node/node-b, not of spiffe://test-shop/node/node-a");

    certificates.issue("node-a", TestCertificates.user("node-a"), Duration.ofDays(1));
    refuses("of spiffe://test-shop/user/node-a, not of spiffe://test-shop/node/node-a");
  }

  @Test
  void shouldRefuseAnExpiredCertificate() {
    certificates.issue("node-a", TestCertificates.node("node-a"), Duration.ofSeconds(-1));

    refuses("node-a.pem expired at ", "renew it");
  }

  private void refuses(String... words) {
    assertThatThrownBy(node::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("\n");
    certificates.keys("node-a");
    node.start().stop(); // on all that the failed start gave back
  }
}
