package dev.holdfast.store.cluster;

import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import dev.holdfast.common.tls.TlsFileException;
import dev.holdfast.common.tls.TlsFiles;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Certificates of nodes and callers, in files, with the authority that signs them. */
final class TestCertificates {
  static final String CLUSTER = "test-shop";
  private static final Duration LIFE = Duration.ofDays(90);

  private final Path directory;
  private final Map<BigInteger, Instant> revoked = new HashMap<>();
  private CertificateAuthority authority = CertificateAuthority.create(CLUSTER, LIFE);

  TestCertificates(Path directory) {
    this.directory = directory;
    believe(authority);
    grant("user/caller: [{role: admin}]", "user/mallory: [{role: viewer, stores: \"*\"}]");
  }

  /** From now on these grants are those that there are. */
  void grant(String... bindings) {
    write(grants(), "grants:\n  " + String.join("\n  ", bindings) + "\n");
  }

  private Path grants() {
    return directory.resolve("access.yaml");
  }

  static CertificateName node(String id) {
    return CertificateName.node(CLUSTER, id);
  }

  static CertificateName user(String id) {
    return new CertificateName(CLUSTER, Kind.USER, id);
  }

  /** The keys of a node, whose certificate is made. */
  Map<String, String> keys(String id) {
    TlsFiles files = issue(id, node(id), LIFE);
    return Map.of(
        "security.mode", "tls",
        "security.cluster", CLUSTER,
        "security.certificate", files.certificate().toString(),
        "security.key", files.key().toString(),
        "security.authorities", files.authorities().toString(),
        "security.revoked", String.valueOf(files.revoked()),
        "security.access", grants().toString());
  }

  /** Makes a certificate anew that ends so long from now. */
  TlsFiles issue(String file, CertificateName name, Duration left) {
    Instant until = Instant.now().plus(left);
    Request request = new Request(name, List.of("127.0.0.1"), until.minus(LIFE.plus(LIFE)), until);
    Issued issued = authority.issue(request);
    TlsFiles files = files(file);
    write(files.certificate(), issued.certificate());
    write(files.key(), issued.key());
    return files;
  }

  TlsFiles files(String file) {
    return new TlsFiles(
        directory.resolve(file + ".pem"),
        directory.resolve(file + ".key"),
        directory.resolve("authorities.pem"),
        directory.resolve("revocations.pem"));
  }

  /** A caller with a new certificate. */
  CallerIdentity caller(String file, CertificateName name) {
    return caller(issue(file, name, LIFE));
  }

  static CallerIdentity caller(TlsFiles files) {
    try {
      return CallerIdentity.load(files, CLUSTER);
    } catch (TlsFileException e) {
      throw new IllegalStateException(e);
    }
  }

  CallerIdentity callerWithoutCertificate() throws TlsFileException {
    return CallerIdentity.withoutCertificate(directory.resolve("authorities.pem"), null, CLUSTER);
  }

  /** From now on this authority is believed beside those that are to sign the next certificates. */
  CertificateAuthority addAuthority() {
    CertificateAuthority next = CertificateAuthority.create(CLUSTER, LIFE);
    believe(authority, next);
    return next;
  }

  /** From now on this authority signs. */
  void signBy(CertificateAuthority next) {
    authority = next;
  }

  /** From now on nobody else is believed. */
  void believeOnlyTheSigner() {
    believe(authority);
  }

  private void believe(CertificateAuthority... believed) {
    StringBuilder authorities = new StringBuilder();
    for (CertificateAuthority each : believed) {
      authorities.append(each.self().certificate());
    }
    write(directory.resolve("authorities.pem"), authorities.toString());
    writeRevoked();
  }

  void revoke(X509Certificate certificate) {
    revoked.put(certificate.getSerialNumber(), Instant.now());
    writeRevoked();
  }

  private void writeRevoked() {
    String list = authority.revocationList(revoked, Instant.now().plus(LIFE));
    write(directory.resolve("revocations.pem"), list);
  }

  /** For callers that take every certificate and look at it. */
  static SSLContext anyServer() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    return context;
  }

  /** In one step, as one who renews files does. */
  private static void write(Path file, String content) {
    try {
      Path half = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
