package dev.holdfast.cli.certs;

import dev.holdfast.cli.FailedException;
import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.PemFiles;
import dev.holdfast.common.tls.TlsFileException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The authorities of a directory: the one that signs, and while another one takes over, the one
 * before it.
 *
 * @param all the signing one first
 */
record KnownAuthorities(List<CertificateAuthority> all) {
  private static final int SERIAL_DIGITS = 8;

  KnownAuthorities {
    all = List.copyOf(all);
  }

  /** Reads the authorities with their keys. */
  static KnownAuthorities read(OwnFiles files) throws TlsFileException {
    if (!files.has(CertificateDirectory.AUTHORITIES)) {
      throw new FailedException(
          "there is no authority in %s; make one with: holdfast certs init"
              .formatted(files.path("").toAbsolutePath()));
    }
    List<CertificateAuthority> all = new ArrayList<>();
    for (X509Certificate certificate :
        PemFiles.certificates(files.path(CertificateDirectory.AUTHORITIES))) {
      all.add(
          CertificateAuthority.of(
              certificate, PemFiles.key(files.path(keyFile(certificate)), certificate)));
    }
    return new KnownAuthorities(all);
  }

  /** The name of the file of an authority's key: each has its own, so none is ever overwritten. */
  static String keyFile(X509Certificate authority) {
    String serial = authority.getSerialNumber().toString(16);
    return "ca-" + serial.substring(0, Math.min(SERIAL_DIGITS, serial.length())) + ".key";
  }

  CertificateAuthority signing() {
    return all.get(0);
  }

  boolean isTakingOver() {
    return all.size() > 1;
  }

  String cluster() {
    return CertificateName.clusterOf(signing().certificate())
        .orElseThrow(
            () ->
                new FailedException(
                    CertificateDirectory.AUTHORITIES
                        + " was not made by holdfast certs: sign with the tools that made it"));
  }

  /** Their certificates, as the file has them. */
  String text() {
    StringBuilder text = new StringBuilder();
    all.forEach(each -> text.append(each.self().certificate()));
    return text.toString();
  }

  /** A list of each, in one file. */
  String revocationLists(Register register) {
    StringBuilder text = new StringBuilder();
    for (CertificateAuthority each : all) {
      text.append(
          each.revocationList(
              register.revokedBy(each.certificate()),
              each.certificate().getNotAfter().toInstant()));
    }
    return text.toString();
  }
}
