package dev.holdfast.common.tls;

import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslCertificateException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The authorities that are believed, and the certificates that they revoked. */
final class Trust {
  private static final int REVOKED = 23; // X509_V_ERR_CERT_REVOKED

  private record Revoked(X500Principal issuer, BigInteger serial) {}

  private final X509Certificate[] authorities;
  private final Set<X509Certificate> listed;
  private final Set<Revoked> revoked;
  private final Optional<Instant> listsDue;

  /**
   * @param listed the authorities of which there is a list
   */
  private Trust(
      X509Certificate[] authorities,
      Set<X509Certificate> listed,
      Set<Revoked> revoked,
      Optional<Instant> listsDue) {
    this.authorities = authorities;
    this.listed = listed;
    this.revoked = revoked;
    this.listsDue = listsDue;
  }

  static Trust read(TlsFiles files) throws TlsFileException {
    return read(files.authorities(), files.revoked());
  }

  static Trust read(Path authoritiesFile, @Nullable Path revokedFile) throws TlsFileException {
    X509Certificate[] authorities = PemFiles.certificates(authoritiesFile);
    Set<X509Certificate> listed = new HashSet<>();
    Set<Revoked> revoked = new HashSet<>();
    List<X509CRL> lists = PemFiles.revocationLists(revokedFile);
    for (X509CRL list : lists) {
      List<X509Certificate> signers =
          Arrays.stream(authorities).filter(authority -> isSignedBy(list, authority)).toList();
      listed.addAll(signers);
      if (signers.isEmpty()) {
        throw new TlsFileException(
            revokedFile + " has a list that no authority of " + authoritiesFile + " signed");
      }
      if (list.getRevokedCertificates() != null) {
        list.getRevokedCertificates()
            .forEach(
                entry ->
                    revoked.add(
                        new Revoked(list.getIssuerX500Principal(), entry.getSerialNumber())));
      }
    }
    return new Trust(authorities, listed, revoked, firstDue(lists));
  }

  /**
   * Reads the files again. An authority that had a list must have one still: a file that was cut
   * off, or is replaced before the other one, must not let in whom that list keeps out.
   */
  Trust readAgain(Path authoritiesFile, @Nullable Path revokedFile) throws TlsFileException {
    Trust next = read(authoritiesFile, revokedFile);
    for (X509Certificate authority : next.authorities) {
      if (listed.contains(authority) && !next.listed.contains(authority)) {
        throw new TlsFileException(
            "%s has no list any more of the authority %s, which %s still has"
                .formatted(revokedFile, authority.getSerialNumber().toString(16), authoritiesFile));
      }
    }
    return next;
  }

  private static Optional<Instant> firstDue(List<X509CRL> lists) {
    return lists.stream()
        .flatMap(list -> Stream.ofNullable(list.getNextUpdate()))
        .map(Date::toInstant)
        .min(Instant::compareTo);
  }

  /** When the first of the revocation lists should have been replaced by a newer one. */
  Optional<Instant> listsDue() {
    return listsDue;
  }

  private static boolean isSignedBy(X509CRL list, X509Certificate authority) {
    try {
      list.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException notBy) {
      return false;
    }
  }

  X509Certificate[] authorities() {
    return authorities.clone();
  }

  /** Checks signatures up to an authority, and that all of them are valid now. */
  void requireSigned(List<X509Certificate> chain) throws GeneralSecurityException {
    Set<TrustAnchor> anchors =
        Arrays.stream(authorities)
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toSet());
    List<X509Certificate> below =
        chain.stream().filter(each -> !List.of(authorities).contains(each)).toList();
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(below);
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(false); // by these lists, not by those on the network
    var unused = CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  /** The authority that signed a certificate; of several, that which lasts longest. */
  Optional<X509Certificate> signerOf(X509Certificate certificate) {
    return Arrays.stream(authorities)
        .filter(authority -> isSignedBy(certificate, authority))
        .max(Comparator.comparing(X509Certificate::getNotAfter));
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException notBy) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "authorities: %s, revoked: %d"
        .formatted(
            Arrays.stream(authorities)
                .map(authority -> authority.getSerialNumber().toString(16))
                .collect(Collectors.joining(" ")),
            revoked.size());
  }

  boolean isRevoked(X509Certificate certificate) {
    return revoked.contains(
        new Revoked(certificate.getIssuerX500Principal(), certificate.getSerialNumber()));
  }

  void requireNotRevoked(List<X509Certificate> chain) throws CertificateException {
    for (X509Certificate certificate : chain) {
      if (isRevoked(certificate)) {
        throw new OpenSslCertificateException( // which lets a native TLS tell the peer
            "the certificate with serial number %s is revoked"
                .formatted(certificate.getSerialNumber().toString(16)),
            REVOKED);
      }
    }
  }
}
