package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.certs.OwnCertificate;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.common.tls.TlsIdentity;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line at nodes with and without TLS: who is let in, and what is said to the others.
 */
@Timeout(60)
final class SecurityOptionsTest {
  @TempDir private Path temporary;

  @Test
  void shouldCallNodesWithTheCertificateOfADirectory() throws Exception {
    try (FakeCluster cluster = secure(certs("ours"))) {
      CliRun run = status(cluster, "--cert-dir", temporary.resolve("ours").toString());

      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("node-a");
    }
  }

  @Test
  void shouldSayWhichOptionHelpsAtANodeWithTls() throws Exception {
    try (FakeCluster cluster = secure(certs("ours"))) {
      CliRun run = status(cluster, "--timeout", "2");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .contains("cluster status: UNAVAILABLE: " + cluster.address() + ": the node hung up")
          .contains("name a directory of certificates: --cert-dir, or HOLDFAST_CERTS")
          .doesNotContain("\tat ");
    }
  }

  /** A command that changes something would try on for its whole time: it is told before. */
  @Test
  void shouldSayThatANodeMayWantTlsBeforeTheTimeIsOver() throws Exception {
    try (FakeCluster cluster = secure(certs("ours"))) {
      String adjust = "stock adjust berlin tea-1 -1 --reason sale --timeout 4 --endpoint ";

      CliRun run = CliRun.of((adjust + cluster.address()).split(" ", -1));

      assertThat(run.err())
          .containsSubsequence("hung up", "--cert-dir", "trying on for up to 4 s", "UNAVAILABLE")
          .doesNotContain("OUTCOME_UNKNOWN");
    }
  }

  @Test
  void shouldSayWhichOptionHelpsAtANodeWithoutTls() throws Exception {
    certs("ours");
    try (FakeCluster cluster = new FakeCluster()) {
      String directory = temporary.resolve("ours").toString();

      CliRun run = status(cluster, "--cert-dir", directory);

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .contains(cluster.address() + ": the node does not speak TLS")
          .contains("--insecure, or HOLDFAST_INSECURE=true");
      assertThat(status(cluster, "--cert-dir", directory, "--insecure").out()).contains("node-a");
    }
  }

  @Test
  void shouldSayWhichFileIsWrong() throws Exception {
    certs("others");
    Path ours = certs("ours");
    try (FakeCluster cluster = secure(ours)) {
      CliRun other = status(cluster, "--cert-dir", temporary.resolve("others").toString());
      assertThat(other.err())
          .contains("of no authority that this client believes")
          .contains("copy ca.crt from where the node's certificate was made");

      Path nobody = Files.createDirectory(temporary.resolve("nobody"));
      Files.copy(ours.resolve("ca.crt"), nobody.resolve("ca.crt"));
      CliRun none = status(cluster, "--cert-dir", nobody.toString(), "--wait", "50");
      assertThat(none.err())
          .contains("the node wants a certificate")
          .contains("holdfast certs issue user NAME");

      CliRun elsewhere = status(cluster, "--cert-dir", ours.toString(), "--cluster", "elsewhere");
      assertThat(elsewhere.err()).contains("not for a node of the cluster elsewhere");
    }
  }

  @Test
  void shouldRefuseADirectoryWithoutWhatItNeeds() throws Exception {
    Path ours = certs("ours");
    try (FakeCluster cluster = secure(ours)) {
      usageError(
          status(cluster, "--cert-dir", temporary.resolve("none").toString()), "ca.crt is missing");
      usageError(status(cluster, "--cert-dir", ours.toString(), "--as", "alice"), "'alice'");
      Files.writeString(ours.resolve("user.admin.key"), "nonsense");
      usageError(status(cluster, "--cert-dir", ours.toString()), "user.admin.key is no PEM file");
    }
  }

  @Test
  void shouldTakeTheCertificateThatIsMeant() throws Exception {
    Path ours = certs("ours");
    assertThat(own(OwnCertificate.in(ours, null))).endsWith("user.admin.crt");
    certs(ours, "issue", "user", "alice");
    assertThat(own(OwnCertificate.in(ours, null))).endsWith("user.admin.crt");
    assertThat(own(OwnCertificate.in(ours, "user/alice"))).endsWith("user.alice.crt");
    assertThat(own(OwnCertificate.in(ours, "node-a"))).endsWith("node.node-a.crt");

    Files.delete(ours.resolve("user.admin.key"));
    assertThat(own(OwnCertificate.in(ours, null))).endsWith("user.alice.crt");
    certs(ours, "issue", "service", "shop");
    assertThatThrownBy(() -> OwnCertificate.in(ours, null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("[service/shop, user/alice]");
    assertThat(OwnCertificate.in(ours, "alice").cluster()).isEqualTo("ours");
  }

  @Test
  void shouldTrustNoFoundDirectoryThatOthersMayWriteTo() throws Exception {
    Path ours = certs("ours");
    assertThat(OwnCertificate.ofCluster(temporary.resolve("none"), null)).isNull();
    assertThat(OwnCertificate.ofCluster(ours, null)).isNotNull();

    Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> OwnCertificate.ofCluster(ours, null))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("others may write to");
  }

  @Test
  void shouldReadATokenAgainAfterAWhile() throws Exception {
    Path file = temporary.resolve("token");
    Files.writeString(file, "first\n");
    AtomicLong nanos = new AtomicLong();
    TokenFile tokens = new TokenFile(file, nanos::get);

    assertThat(tokens.get()).isEqualTo("first");
    Files.writeString(file, "second\n");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(tokens.get()).isEqualTo("first");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
    assertThat(tokens.get()).isEqualTo("second");
    Files.delete(file);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
    assertThatThrownBy(tokens::get).hasMessageContaining("cannot read " + file);
  }

  private static String own(OwnCertificate certificate) {
    return Objects.requireNonNull(certificate.own()).certificate().toString();
  }

  private static void usageError(CliRun run, String text) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).contains(text);
  }

  /** A directory of an authority, the user admin and node-a; the cluster has its name. */
  private Path certs(String cluster) {
    Path directory = temporary.resolve(cluster);
    certs(directory, "init", "--cluster", cluster, "--node", "node-a");
    return directory;
  }

  private static void certs(Path directory, String... arguments) {
    List<String> words = new ArrayList<>(List.of("certs"));
    words.addAll(List.of(arguments));
    words.addAll(List.of("--dir", directory.toString()));
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static FakeCluster secure(Path directory) throws Exception {
    TlsIdentity node =
        TlsIdentity.load(
            new TlsFiles(
                directory.resolve("node.node-a.crt"),
                directory.resolve("node.node-a.key"),
                directory.resolve("ca.crt"),
                directory.resolve("ca.crl")));
    return new FakeCluster(node.server(ClientAuth.REQUIRE));
  }

  private static CliRun status(FakeCluster cluster, String... options) {
    List<String> words =
        new ArrayList<>(List.of("cluster", "status", "--endpoint", cluster.address()));
    words.addAll(List.of(options));
    return CliRun.of(words.toArray(String[]::new));
  }
}
