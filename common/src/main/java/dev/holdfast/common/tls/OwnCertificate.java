package dev.holdfast.common.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The certificate of this process with its key.
 *
 * @param chain the certificate, then those between it and the authority's
 */
record OwnCertificate(List<X509Certificate> chain, PrivateKey key) {
  static OwnCertificate read(TlsFiles files) throws TlsFileException {
    List<X509Certificate> chain = List.of(PemFiles.certificates(files.certificate()));
    return new OwnCertificate(chain, PemFiles.key(files.key(), chain.get(0)));
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  /** Makes sure that peers with the same authorities take it for that of its owner. */
  void requireGood(CertificateName owner, Trust trust, TlsFiles files) throws TlsFileException {
    CertificateName name = CertificateName.of(certificate()).orElse(null);
    if (!owner.equals(name)) {
      throw new TlsFileException(
          "%s is the certificate of %s, not of %s"
              .formatted(files.certificate(), name == null ? "nobody" : name.uri(), owner.uri()));
    }
    requireInTime(files);
    try {
      trust.requireSigned(chain);
    } catch (GeneralSecurityException e) {
      throw new TlsFileException(
          "%s is signed by no authority of %s: %s"
              .formatted(files.certificate(), files.authorities(), e.getMessage()),
          e);
    }
    if (chain.stream().anyMatch(trust::isRevoked)) {
      throw new TlsFileException(
          "%s is revoked by %s".formatted(files.certificate(), files.revoked()));
    }
  }

  private void requireInTime(TlsFiles files) throws TlsFileException {
    for (X509Certificate each : chain) {
      try {
        each.checkValidity();
      } catch (CertificateExpiredException e) {
        throw new TlsFileException(
            "%s expired at %s: renew it"
                .formatted(files.certificate(), each.getNotAfter().toInstant()),
            e);
      } catch (CertificateNotYetValidException e) {
        throw new TlsFileException(
            "%s is not valid before %s: compare the clocks"
                .formatted(files.certificate(), each.getNotBefore().toInstant()),
            e);
      }
    }
  }

  /** When the first of the certificates ends that peers look at, the authority's included. */
  Instant validUntil(Trust trust) {
    X509Certificate last = chain.get(chain.size() - 1);
    return Stream.concat(chain.stream(), trust.signerOf(last).stream())
        .map(each -> each.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }
}
