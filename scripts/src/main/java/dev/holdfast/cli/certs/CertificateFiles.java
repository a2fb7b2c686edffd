package dev.holdfast.cli.certs;

import dev.holdfast.cli.FailedException;
import dev.holdfast.common.tls.PemFiles;
import dev.holdfast.common.tls.TlsFileException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a directory of certificates has, also of one that has no authority's key. */
public final class CertificateFiles {
  private CertificateFiles() {}

  /**
   * A certificate in a file.
   *
   * @param revoked whether a list beside the file says so
   */
  record Found(Path file, X509Certificate certificate, boolean revoked) {
    boolean isAuthority() {
      return certificate.getBasicConstraints() >= 0;
    }
  }

  /** All certificates of a directory: those of authorities first, then by the files' names. */
  static List<Found> in(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(CertificateDirectory.CERTIFICATE))
          .sorted()
          .flatMap(file -> of(file).stream())
          .sorted((a, b) -> Boolean.compare(b.isAuthority(), a.isAuthority()))
          .toList();
    } catch (IOException e) {
      throw new FailedException(
          "cannot read %s: %s; make it with: holdfast certs init".formatted(directory, e), e);
    }
  }

  /** The certificates of a file. */
  static List<Found> of(Path file) {
    try {
      Set<BigInteger> revoked = revokedBeside(file);
      List<Found> found = new ArrayList<>();
      for (X509Certificate certificate : PemFiles.certificates(file)) {
        found.add(new Found(file, certificate, revoked.contains(certificate.getSerialNumber())));
      }
      return found;
    } catch (TlsFileException e) {
      throw new FailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Set<BigInteger> revokedBeside(Path file) throws TlsFileException {
    Path lists = file.resolveSibling(CertificateDirectory.REVOKED);
    if (!Files.exists(lists)) {
      return Set.of();
    }
    return PemFiles.revocationLists(lists).stream()
        .map(X509CRL::getRevokedCertificates)
        .flatMap(Stream::ofNullable)
        .flatMap(Set::stream)
        .map(entry -> entry.getSerialNumber())
        .collect(Collectors.toSet());
  }

  /** Names of hosts and addresses in a certificate. */
  static List<String> hosts(X509Certificate certificate) {
    int dnsName = 2;
    int address = 7;
    try {
      return Stream.ofNullable(certificate.getSubjectAlternativeNames())
          .flatMap(names -> names.stream())
          .filter(name -> name.get(0).equals(dnsName) || name.get(0).equals(address))
          .map(name -> String.valueOf(name.get(1)))
          .toList();
    } catch (GeneralSecurityException e) {
      return List.of();
    }
  }

  static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException other) {
      return false;
    }
  }
}
