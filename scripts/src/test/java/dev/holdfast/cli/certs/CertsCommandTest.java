package dev.holdfast.cli.certs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.common.tls.PemFiles;
import dev.holdfast.common.tls.TlsFileException;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.common.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertsCommandTest {
  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void make() {
    directory = temporary.resolve("certs");
  }

  @Test
  void shouldMakeAnAuthorityForTenYearsAndAnAdmin() throws Exception {
    CliRun run = run("init", "--cluster", "shop", "-o", "csv");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("authority,valid,365").contains("user/admin,valid,364");
    X509Certificate authority = certificate("ca.crt");
    assertThat(lasts(authority)).isBetween(Duration.ofDays(3_650), Duration.ofDays(3_654));
    TlsIdentity admin = identity("user.admin");
    assertThat(admin.isRevoked(admin.certificate())).isFalse();
    assertThat(run.err()).contains("keep it secret");
  }

  @Test
  void shouldLetNobodyElseReadTheKeys() throws Exception {
    run("init", "--node", "node-a");
    run("issue", "service", "shop");

    assertThat(rights(directory)).isEqualTo("rwx------");
    List<String> secret = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".key")) {
          secret.add(name.replaceFirst("ca-[0-9a-f]{8}", "ca-N"));
          assertThat(rights(file)).as(name).isEqualTo("rw-------");
        }
        assertThat(name).doesNotContain(".new");
      }
    }
    assertThat(secret)
        .containsExactlyInAnyOrder(
            "ca-N.key", "node.node-a.key", "user.admin.key", "service.shop.key");
  }

  @Test
  void shouldSignForNodesPeopleAndPrograms() throws Exception {
    run("init", "--cluster", "shop");

    assertThat(run("issue", "node", "node-a", "--host", "a.example,10.0.0.11", "-o", "csv").out())
        .contains("node/node-a,valid")
        .contains("a.example 10.0.0.11")
        .contains("shop");
    assertThat(run("issue", "user", "alice@corp.example", "--days", "7", "-o", "csv").out())
        .contains("user/alice@corp.example,valid,6,");
    assertThat(run("issue", "service", "till-4").code()).isZero();
    assertThat(identity("node.node-a").certificate().getSubjectAlternativeNames().toString())
        .contains("spiffe://shop/node/node-a", "a.example", "10.0.0.11");
    assertThat(run("issue", "node", "node-b").err()).contains("it names no host");
  }

  @Test
  void shouldOverwriteNothingUnlessForced() throws Exception {
    run("init");
    X509Certificate authority = certificate("ca.crt");
    X509Certificate admin = certificate("user.admin.crt");

    CliRun again = run("init");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("ca.crt exists").contains("init --renew");
    assertThat(run("issue", "user", "admin").err()).contains("exists; renew it with");
    assertThat(certificate("ca.crt")).isEqualTo(authority);
    assertThat(certificate("user.admin.crt")).isEqualTo(admin);

    assertThat(run("issue", "user", "admin", "--force").code()).isZero();
    assertThat(certificate("user.admin.crt")).isNotEqualTo(admin);
    assertThat(run("init", "--force").code()).isZero();
    assertThat(certificate("ca.crt")).isNotEqualTo(authority);
    assertThat(identity("user.admin")).isNotNull();
  }

  /** A lost certificate stays a risk until its end, also when its file was written over. */
  @Test
  void shouldRevokeEveryCertificateThatANameEverHad() throws Exception {
    run("init");
    run("issue", "user", "alice");
    X509Certificate first = certificate("user.alice.crt");
    run("renew", "user/alice");
    X509Certificate second = certificate("user.alice.crt");
    run("issue", "user", "bob");

    CliRun run = run("revoke", "alice", "-o", "csv");

    assertThat(run.out()).contains("user/alice,revoked");
    assertThat(run.err()).contains("ca.crl to all nodes");
    TlsIdentity reader = identity("user.bob");
    assertThat(reader.isRevoked(first)).isTrue();
    assertThat(reader.isRevoked(second)).isTrue();
    assertThat(reader.isRevoked(reader.certificate())).isFalse();
    assertThat(run("renew", "--all").err()).contains("not renewed, since it is revoked");
    assertThat(certificate("user.alice.crt")).isEqualTo(second);
    assertThat(run("renew", "alice").code()).isEqualTo(1);
    assertThat(run("show", "-o", "csv").out()).contains("user/alice,revoked");

    Files.delete(directory.resolve("user.bob.crt"));
    assertThat(run("revoke", "user/bob").code()).isZero();
    assertThat(reader.isRevoked(reader.certificate())).isFalse(); // not read again yet
    reader = identity("user.admin");
    assertThat(reader.isRevoked(first)).isTrue();
  }

  @Test
  void shouldRenewWithTheSameHostsAndAnotherKey() throws Exception {
    run("init", "--node", "node-a,node-b", "--host", "a.example,127.0.0.1", "--days", "20");
    String key = Files.readString(directory.resolve("node.node-a.key"));
    X509Certificate before = certificate("node.node-b.crt");

    assertThat(run("renew", "node-a", "-o", "csv").out())
        .contains("node/node-a,valid,364")
        .contains("a.example 127.0.0.1");
    assertThat(Files.readString(directory.resolve("node.node-a.key"))).isNotEqualTo(key);
    assertThat(identity("node.node-a")).isNotNull();

    assertThat(run("renew", "--all", "--within", "10", "-o", "csv").out()).doesNotContain("valid");
    assertThat(certificate("node.node-b.crt")).isEqualTo(before);
    assertThat(run("renew", "--all", "--within", "30", "-o", "csv").out())
        .contains("node/node-b", "user/admin")
        .doesNotContain("node/node-a");
  }

  @Test
  void shouldLetANewAuthorityTakeOverInSteps() throws Exception {
    run("init", "--cluster", "shop", "--node", "node-a");
    TlsIdentity old = identity("user.admin");
    run("issue", "user", "mallory");
    X509Certificate mallory = certificate("user.mallory.crt");
    run("revoke", "mallory");
    Files.delete(directory.resolve("user.mallory.crt"));

    assertThat(run("init", "--renew").code()).isZero();
    assertThat(PemFiles.certificates(directory.resolve("ca.crt"))).hasSize(2);
    assertThat(run("init", "--renew").err()).contains("taking over already");
    TlsIdentity both = identity("user.admin");
    assertThat(both.isRevoked(mallory)).as("the old authority's list is there still").isTrue();
    CliRun tooEarly = run("init", "--retire");
    assertThat(tooEarly.code()).isEqualTo(1);
    assertThat(tooEarly.err()).contains("not renewed yet").contains("node.node-a.crt");

    assertThat(run("renew", "--all").code()).isZero();
    assertThat(run("init", "--retire").code()).isZero();

    X509Certificate authority = certificate("ca.crt");
    assertThat(PemFiles.certificates(directory.resolve("ca.crt"))).hasSize(1);
    identity("node.node-a").certificate().verify(authority.getPublicKey());
    assertThat(old.certificate().getIssuerX500Principal())
        .isEqualTo(authority.getSubjectX500Principal());
    assertThat(run("init", "--retire").err()).contains("one authority only");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("ca-"))).hasSize(1);
    }
    run("revoke", "admin");
    TlsIdentity node = identity("node.node-a");
    assertThat(node.isRevoked(certificate("user.admin.crt"))).isTrue();
  }

  @Test
  void shouldNotOutliveItsAuthority() throws Exception {
    run("init");
    TimeUnit.MILLISECONDS.sleep(1_100); // certificates tell seconds
    run("issue", "user", "alice", "--days", "3652");

    assertThat(certificate("user.alice.crt").getNotAfter())
        .isBeforeOrEqualTo(certificate("ca.crt").getNotAfter());
  }

  @Test
  void shouldShowFilesFromAnywhere() throws Exception {
    run("init", "--cluster", "shop");
    Path copy = temporary.resolve("copy.pem");
    Files.copy(directory.resolve("user.admin.crt"), copy);

    CliRun run = CliRun.of("certs", "show", copy.toString(), "-o", "json");

    assertThat(run.out())
        .contains("\"name\":\"user/admin\"", "\"state\":\"valid\"", "\"days_left\":364")
        .contains("\"cluster\":\"shop\"", "\"issuer\":\"CN=Holdfast shop authority\"");
  }

  @Test
  void shouldWriteNothingWhereOthersMayWrite() throws Exception {
    for (String rights : List.of("rwxrwx---", "rwx----w-")) {
      Path shared = Files.createDirectory(temporary.resolve(rights));
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString(rights));

      CliRun run = CliRun.of("certs", "init", "--dir", shared.toString());

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("others may write to " + shared);
      try (Stream<Path> files = Files.list(shared)) {
        assertThat(files).isEmpty();
      }
    }
  }

  /** One line names the mistake, one the way out. */
  @Test
  void shouldAnswerWrongUseInTwoLines() throws Exception {
    run("init", "--node", "admin");
    String[][] wrong = {
      {"issue", "user"},
      {"issue", "robot", "x"},
      {"issue", "user", "a/b"},
      {"issue", "user", ""},
      {"issue", "user", "x", "--days", "0"},
      {"issue", "user", "x", "--days", "9999"},
      {"issue", "node", "x", "--host", "a b"},
      {"init", "--cluster", "Shop", "--force"},
      {"init", "--renew", "--retire"},
      {"renew"},
      {"renew", "admin"}, // a node and a user
      {"renew", "nobody"},
      {"renew", "admin", "--all"},
      {"revoke", "nobody"},
      {"revoke"},
    };
    for (String[] arguments : wrong) {
      CliRun run = run(arguments);
      assertThat(run.code()).as(run.err()).isEqualTo(2);
      assertThat(run.err().lines()).as(run.err()).hasSize(2);
      assertThat(run.err()).contains("see holdfast certs");
    }
    assertThat(Files.exists(directory.resolve("user.x.crt"))).isFalse();
  }

  @Test
  void shouldSayWhatIsMissingOrDamaged() throws Exception {
    assertThat(run("issue", "user", "alice").err()).contains("make one with: holdfast certs init");
    assertThat(run("show").err()).contains("make it with: holdfast certs init");
    run("init");
    Files.writeString(directory.resolve("issued"), "nonsense");
    assertThat(run("issue", "user", "alice").err()).contains("issued is damaged");
    Files.delete(directory.resolve("issued"));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path key : files.filter(f -> f.toString().contains("ca-")).toList()) {
        Files.delete(key);
      }
    }
    CliRun run = run("issue", "user", "alice");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("cannot read").doesNotContain("bug");
  }

  private CliRun run(String... arguments) {
    List<String> words = new ArrayList<>(List.of("certs"));
    words.addAll(List.of(arguments));
    words.addAll(List.of("--dir", directory.toString()));
    return CliRun.of(words.toArray(String[]::new));
  }

  private X509Certificate certificate(String file) throws TlsFileException {
    return PemFiles.certificates(directory.resolve(file))[0];
  }

  /** As a node would read it. */
  private TlsIdentity identity(String stem) throws TlsFileException {
    return TlsIdentity.load(
        new TlsFiles(
            directory.resolve(stem + ".crt"),
            directory.resolve(stem + ".key"),
            directory.resolve("ca.crt"),
            directory.resolve("ca.crl")));
  }

  private static Duration lasts(X509Certificate certificate) {
    return Duration.between(Instant.now(), certificate.getNotAfter().toInstant());
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
