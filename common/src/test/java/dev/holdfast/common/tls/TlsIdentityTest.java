package dev.holdfast.common.tls;

import static dev.holdfast.common.tls.TestAuthority.CLUSTER;
import static dev.holdfast.common.tls.TestAuthority.LIFE;
import static dev.holdfast.common.tls.TestAuthority.ending;
import static dev.holdfast.common.tls.TestAuthority.node;
import static dev.holdfast.common.tls.TestAuthority.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsIdentityTest {
  private static final CertificateName NODE_A = CertificateName.node(CLUSTER, "node-a");

  @TempDir private Path directory;
  private TestAuthority authority;
  private TlsFiles files;

  @BeforeEach
  void issue() throws IOException {
    authority = new TestAuthority(directory);
    files = authority.issue("a", node("node-a"));
  }

  @Test
  void shouldReadAGoodCertificate() throws TlsFileException {
    TlsIdentity identity = TlsIdentity.load(files, NODE_A);

    assertThat(CertificateName.of(identity.certificate())).contains(NODE_A);
  }

  @Test
  void shouldNameTheFileThatIsMissing() throws IOException {
    for (Path file : new Path[] {files.certificate(), files.key(), files.authorities()}) {
      Path moved =
          Files.move(file, directory.resolve("moved"), StandardCopyOption.REPLACE_EXISTING);

      refuses("cannot read " + file);

      Files.move(moved, file);
    }
    Files.delete(files.revoked());
    refuses("cannot read " + files.revoked());
  }

  @Test
  void shouldNameTheFileThatIsNoPem() throws IOException {
    Files.writeString(files.key(), "no key");
    refuses(files.key() + " is no PEM file of an unencrypted PKCS#8 private key");

    files = authority.issue("a", node("node-a"));
    Files.writeString(files.certificate(), "no certificate");
    refuses(files.certificate().toString());

    files = authority.issue("a", node("node-a"));
    Files.writeString(files.revoked(), "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n");
    refuses(files.revoked() + " is no PEM file of revocation lists");
  }

  @Test
  void shouldRefuseTheKeyOfAnotherCertificate() throws IOException {
    TlsFiles other = authority.issue("b", node("node-b"));
    Files.copy(other.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);

    refuses(files.key() + " is not the key of the certificate");
  }

  @Test
  void shouldRefuseTheCertificateOfAnother() throws IOException {
    files = authority.issue("a", node("node-b"));
    refuses("is the certificate of spiffe://shop/node/node-b, not of spiffe://shop/node/node-a");

    files = authority.issue("a", user("node-a"));
    refuses("is the certificate of spiffe://shop/user/node-a, not of spiffe://shop/node/node-a");
  }

  @Test
  void shouldRefuseACertificateOutOfItsTime() throws IOException {
    files = authority.issue("a", ending(NODE_A, Duration.ofSeconds(-2)));
    refuses("a.pem expired at");

    files = authority.issue("a", ending(NODE_A, LIFE.plusDays(1)));
    refuses("a.pem is not valid before");
  }

  @Test
  void shouldRefuseACertificateOfAnAuthorityThatItDoesNotBelieve() throws IOException {
    TestAuthority other = new TestAuthority(directory.resolve("other"));
    Files.writeString(files.authorities(), other.pem());
    files = new TlsFiles(files.certificate(), files.key(), files.authorities(), null);

    refuses("a.pem is signed by no authority of " + files.authorities());
  }

  @Test
  void shouldRefuseACertificateThatWasTakenBack() throws Exception {
    authority.revoke(TlsIdentity.load(files).certificate());

    refuses("a.pem is revoked by " + files.revoked());
  }

  @Test
  void shouldRefuseARevocationListOfAStranger() throws IOException {
    TestAuthority other = new TestAuthority(directory.resolve("other"));
    Path list = other.issue("x", node("node-x")).revoked();
    Files.copy(list, files.revoked(), StandardCopyOption.REPLACE_EXISTING);

    refuses(files.revoked() + " has a list that no authority of " + files.authorities());
  }

  @Test
  void shouldRefuseAFileWithoutARevocationList() throws IOException {
    Files.writeString(files.revoked(), "");

    refuses(files.revoked() + " has no revocation list");
  }

  private void refuses(String words) {
    assertThatThrownBy(() -> TlsIdentity.load(files, NODE_A))
        .isInstanceOf(TlsFileException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldEndWithTheFirstOfItsCertificates() throws IOException, TlsFileException {
    assertThat(TlsIdentity.load(files, NODE_A).validUntil())
        .isCloseTo(Instant.now().plus(LIFE), within(1, ChronoUnit.MINUTES));

    files = authority.issue("a", ending(NODE_A, Duration.ofDays(3)));
    assertThat(TlsIdentity.load(files, NODE_A).validUntil())
        .isCloseTo(Instant.now().plus(Duration.ofDays(3)), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void shouldEndWithItsAuthority() throws IOException, TlsFileException {
    Duration life = Duration.ofDays(2);
    files = new TestAuthority(directory.resolve("short"), life).issue("a", node("node-a"));

    assertThat(TlsIdentity.load(files, NODE_A).validUntil())
        .isCloseTo(Instant.now().plus(life), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void shouldUseARenewedCertificate() throws IOException, TlsFileException {
    TlsIdentity identity = TlsIdentity.load(files, NODE_A);
    X509Certificate first = identity.certificate();

    identity.refresh();
    assertThat(identity.certificate()).isSameAs(first);

    authority.issue("a", node("node-a"));
    identity.refresh();
    assertThat(identity.certificate()).isNotEqualTo(first);
  }

  @Test
  void shouldKeepItsCertificateUntilTheNextOneIsGood() throws IOException, TlsFileException {
    TlsIdentity identity = TlsIdentity.load(files, NODE_A);
    X509Certificate first = identity.certificate();

    for (int look = 0; look < 3; look++) {
      authority.issue("a", node("node-b"));
      identity.refresh();
      assertThat(identity.certificate()).isSameAs(first);
    }
    authority.issue("a", ending(NODE_A, Duration.ofSeconds(-2)));
    identity.refresh();
    assertThat(identity.certificate()).isSameAs(first);

    authority.issue("a", node("node-a"));
    identity.refresh();
    assertThat(identity.certificate()).isNotEqualTo(first);
  }

  /** As one that is being written, or found no room on the disk. */
  @Test
  void shouldKeepRevocationsWhileTheirFileIsEmpty() throws IOException, TlsFileException {
    TlsIdentity identity = TlsIdentity.load(files, NODE_A);
    TlsIdentity stolen = authority.identity("b", node("node-b"));
    authority.revoke(stolen.certificate());
    identity.refresh();
    List<String> problems = new ArrayList<>();
    identity.whenRead((what, problem) -> problems.add(String.valueOf(problem)));

    Files.writeString(files.revoked(), "");
    identity.refresh();
    assertThat(identity.isRevoked(stolen.certificate())).isTrue();
    assertThat(problems).isEmpty();

    identity.refresh();
    assertThat(identity.isRevoked(stolen.certificate())).isTrue();
    assertThat(problems).containsExactly(files.revoked() + " has no revocation list");
  }

  /** Whoever retires an authority replaces two files, one after the other. */
  @Test
  void shouldKeepTheRevocationsOfAnAuthorityThatItStillBelieves()
      throws IOException, TlsFileException {
    TestAuthority next = new TestAuthority(directory.resolve("next"));
    TlsFiles renewed = next.issue("a", node("node-a"));
    TlsIdentity stolen = authority.identity("b", node("node-b"));
    authority.revoke(stolen.certificate());
    Files.writeString(files.authorities(), authority.pem() + next.pem());
    String newList = Files.readString(renewed.revoked());
    Files.writeString(files.revoked(), Files.readString(files.revoked()) + newList);
    Files.copy(renewed.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(renewed.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    TlsIdentity identity = TlsIdentity.load(files, NODE_A);
    List<String> problems = new ArrayList<>();
    identity.whenRead((what, problem) -> problems.add(String.valueOf(problem)));

    Files.writeString(files.revoked(), newList);
    identity.refresh();
    identity.refresh();
    assertThat(identity.isRevoked(stolen.certificate())).isTrue();
    assertThat(problems)
        .singleElement(STRING)
        .startsWith(files.revoked() + " has no list any more of the authority ");

    Files.writeString(files.authorities(), next.pem());
    identity.refresh();
    assertThat(problems).last(STRING).isEqualTo("null");
  }

  @Test
  void shouldReadRevocationsEvenWhileItsOwnCertificateIsWrong()
      throws IOException, TlsFileException {
    TlsIdentity identity = TlsIdentity.load(files, NODE_A);
    TlsIdentity stolen = authority.identity("b", node("node-b"));
    assertThat(identity.isRevoked(stolen.certificate())).isFalse();

    authority.issue("a", node("node-c"));
    authority.revoke(stolen.certificate());
    identity.refresh();

    assertThat(identity.isRevoked(stolen.certificate())).isTrue();
  }
}
