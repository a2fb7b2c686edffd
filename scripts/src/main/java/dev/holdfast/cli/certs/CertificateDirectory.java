package dev.holdfast.cli.certs;

import dev.holdfast.cli.FailedException;
import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.TlsFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A directory that has an authority and the certificates that it signed, open for changes. */
final class CertificateDirectory implements AutoCloseable {
  /** The certificates of the authorities; the first of them signs. */
  static final String AUTHORITIES = "ca.crt";

  /** The revocation lists of the authorities. */
  static final String REVOKED = "ca.crl";

  static final String CERTIFICATE = ".crt";
  static final String KEY = ".key";

  private static final String REGISTER = "issued";

  /** Ten years. */
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3_652);

  private final OwnFiles files;
  private KnownAuthorities authorities;
  private Register register;

  private CertificateDirectory(OwnFiles files, KnownAuthorities authorities, Register register) {
    this.files = files;
    this.authorities = authorities;
    this.register = register;
  }

  static CertificateDirectory open(Path directory) throws IOException {
    if (!directory.toFile().isDirectory()) {
      throw new FailedException(
          "there is no directory %s; make one with: holdfast certs init".formatted(directory));
    }
    OwnFiles files = OwnFiles.open(directory);
    try {
      return new CertificateDirectory(files, KnownAuthorities.read(files), register(files));
    } catch (TlsFileException e) {
      files.close();
      throw new FailedException(String.valueOf(e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static Register register(OwnFiles files) throws IOException {
    try {
      return files.has(REGISTER) ? Register.parse(files.read(REGISTER)) : Register.EMPTY;
    } catch (RuntimeException e) {
      throw new FailedException(files.path(REGISTER) + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Makes a directory with a new authority.
   *
   * @param replacing whether one that is there may be forgotten, with all that it signed
   */
  static CertificateDirectory create(Path directory, String cluster, boolean replacing)
      throws IOException {
    OwnFiles files = OwnFiles.make(directory);
    if (files.has(AUTHORITIES) && !replacing) {
      files.close();
      throw new FailedException(
          "%s exists; to add a certificate: holdfast certs issue; to follow it by a new authority:"
                  .formatted(files.path(AUTHORITIES))
              + " init --renew; to forget it and all that it signed: init --force");
    }
    CertificateAuthority authority = CertificateAuthority.create(cluster, AUTHORITY_LIFE);
    CertificateDirectory made =
        new CertificateDirectory(files, new KnownAuthorities(List.of(authority)), Register.EMPTY);
    made.writeKey(authority);
    made.writeRegister();
    made.writeAuthorities();
    return made;
  }

  String cluster() {
    return authorities.cluster();
  }

  Register register() {
    return register;
  }

  Instant authorityEnd() {
    return authorities.signing().certificate().getNotAfter().toInstant();
  }

  /** The file of a name's certificate. */
  Path fileOf(CertificateName name) {
    return files.path(stem(name) + CERTIFICATE);
  }

  private static String stem(CertificateName name) {
    return name.toString().replace('/', '.');
  }

  /**
   * Signs a certificate for a new key. It ends with its authority at the latest.
   *
   * @param replacing whether files that are there may be overwritten
   */
  void issue(CertificateName name, List<String> hosts, Duration life, boolean replacing)
      throws IOException {
    String stem = stem(name);
    if (!replacing && (files.has(stem + CERTIFICATE) || files.has(stem + KEY))) {
      throw new FailedException(
          "%s exists; renew it with: holdfast certs renew %s; or give --force"
              .formatted(fileOf(name), name));
    }
    Instant now = Instant.now();
    Instant wanted = now.plus(life);
    Instant until = wanted.isBefore(authorityEnd()) ? wanted : authorityEnd();
    Issued issued = authorities.signing().issue(new Request(name, hosts, now, until));
    // in the register first: what is not in it cannot be revoked
    register =
        register.with(
            Register.Entry.of(name, issued.signed(), authorities.signing().certificate()));
    writeRegister();
    files.writeSecret(stem + KEY, issued.key());
    files.write(stem + CERTIFICATE, issued.certificate());
  }

  /** Revokes all certificates of a name. */
  void revoke(CertificateName name) throws IOException {
    register = register.revoked(name, Instant.now());
    writeRegister();
    writeRevocationLists();
  }

  /** Lets a new authority sign from now on; what the one before signed stays valid. */
  void renewAuthority() throws IOException {
    if (authorities.isTakingOver()) {
      throw new FailedException(
          "a new authority is taking over already: renew all certificates, then: init --retire");
    }
    CertificateAuthority next = CertificateAuthority.create(cluster(), AUTHORITY_LIFE);
    writeKey(next);
    authorities = new KnownAuthorities(List.of(next, authorities.signing()));
    writeAuthorities();
  }

  /** Ends the trust in the authority before the one that signs. */
  void retireAuthority() throws IOException {
    if (!authorities.isTakingOver()) {
      throw new FailedException("there is one authority only; make the next: init --renew");
    }
    X509Certificate retired = authorities.all().get(1).certificate();
    authorities = new KnownAuthorities(List.of(authorities.signing()));
    writeRevocationLists(); // first: a list of an unknown authority is refused by its readers
    writeAuthorities();
    files.delete(KnownAuthorities.keyFile(retired));
  }

  /** Whether the authority that signs now has signed a certificate. */
  boolean isOfSigningAuthority(X509Certificate certificate) {
    return CertificateFiles.isSignedBy(certificate, authorities.signing().certificate());
  }

  private void writeKey(CertificateAuthority authority) throws IOException {
    files.writeSecret(KnownAuthorities.keyFile(authority.certificate()), authority.self().key());
  }

  private void writeAuthorities() throws IOException {
    files.write(AUTHORITIES, authorities.text());
    writeRevocationLists();
  }

  private void writeRevocationLists() throws IOException {
    files.write(REVOKED, authorities.revocationLists(register));
  }

  private void writeRegister() throws IOException {
    files.writeSecret(REGISTER, register.text(Instant.now()));
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
