package dev.holdfast.common.tls;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The authorities that are believed, and the certificates that they revoked. */
final class Trust {
  private record Revoked(X500Principal issuer, BigInteger serial) {}

  private final X509Certificate[] authorities;
  private final Set<Revoked> revoked;

  private Trust(X509Certificate[] authorities, Set<Revoked> revoked) {
    this.authorities = authorities;
    this.revoked = revoked;
  }

  static Trust read(TlsFiles files) throws TlsFileException {
    return read(files.authorities(), files.revoked());
  }

  static Trust read(Path authoritiesFile, @Nullable Path revokedFile) throws TlsFileException {
    X509Certificate[] authorities = PemFiles.certificates(authoritiesFile);
    Set<Revoked> revoked = new HashSet<>();
    for (X509CRL list : PemFiles.revocationLists(revokedFile)) {
      if (Arrays.stream(authorities).noneMatch(authority -> isSignedBy(list, authority))) {
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
    return new Trust(authorities, revoked);
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

  boolean isRevoked(X509Certificate certificate) {
    return revoked.contains(
        new Revoked(certificate.getIssuerX500Principal(), certificate.getSerialNumber()));
  }

  void requireNotRevoked(List<X509Certificate> chain) throws CertificateException {
    for (X509Certificate certificate : chain) {
      if (isRevoked(certificate)) {
        throw new CertificateException(
            "the certificate with serial number %s is revoked"
                .formatted(certificate.getSerialNumber().toString(16)));
      }
    }
  }
}
