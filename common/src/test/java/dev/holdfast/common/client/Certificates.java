package dev.holdfast.common.client;

import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import dev.holdfast.common.tls.TlsFileException;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.common.tls.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Certificates of a cluster called shop, signed by an authority of the test, in a directory. */
final class Certificates {
  static final String CLUSTER = "shop";
  private static final Duration LIFE = Duration.ofDays(1);

  private CertificateAuthority authority = CertificateAuthority.create(CLUSTER, LIFE);
  private final Map<BigInteger, Instant> revoked = new HashMap<>();
  private final Path directory;

  Certificates(Path directory) {
    this.directory = directory;
    write("ca.crt", authority.self().certificate());
    writeRevoked();
  }

  TlsIdentity node(String id) {
    return load(issue(CLUSTER, Kind.NODE, id));
  }

  TlsFiles user(String id) {
    return issue(CLUSTER, Kind.USER, id);
  }

  TlsFiles issue(String cluster, Kind kind, String id) {
    return issue(
        Request.lasting(LIFE, new CertificateName(cluster, kind, id), List.of("127.0.0.1")));
  }

  TlsFiles expired() {
    Instant now = Instant.now();
    CertificateName name = CertificateName.node(CLUSTER, "of-yesterday");
    return issue(new Request(name, List.of(), now.minus(LIFE), now.minusSeconds(1)));
  }

  private TlsFiles issue(Request request) {
    Issued issued = authority.issue(request);
    write(request.name().id() + ".crt", issued.certificate());
    write(request.name().id() + ".key", issued.key());
    return new TlsFiles(
        directory.resolve(request.name().id() + ".crt"),
        directory.resolve(request.name().id() + ".key"),
        authorities(),
        directory.resolve("ca.crl"));
  }

  Path authorities() {
    return directory.resolve("ca.crt");
  }

  /** A new authority instead of the one before: whoever knows that one only is not believed. */
  void renewAuthority() {
    authority = CertificateAuthority.create(CLUSTER, LIFE);
    revoked.clear();
    write("ca.crt", authority.self().certificate());
    writeRevoked();
  }

  void revoke(TlsFiles files) {
    revoked.put(load(files).certificate().getSerialNumber(), Instant.now());
    writeRevoked();
  }

  private void writeRevoked() {
    write("ca.crl", authority.revocationList(revoked, Instant.now().plus(LIFE)));
  }

  static ClientSecurity caller(TlsFiles files) {
    try {
      return new ClientSecurity(CallerIdentity.load(files, CLUSTER), null);
    } catch (TlsFileException e) {
      throw new IllegalStateException(e);
    }
  }

  static TlsIdentity load(TlsFiles files) {
    try {
      return TlsIdentity.load(files);
    } catch (TlsFileException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
