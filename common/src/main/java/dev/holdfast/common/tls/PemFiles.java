package dev.holdfast.common.tls;

import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files as those of {@link TlsFiles}, each failure in one line that names the file. */
public final class PemFiles {
  private static final byte[] PROBE = {1, 2, 3};

  private PemFiles() {}

  /** The certificates in a file: one at least. */
  public static X509Certificate[] certificates(Path file) throws TlsFileException {
    byte[] content = content(file);
    try {
      X509Certificate[] certificates =
          CertificateUtils.getX509Certificates(new ByteArrayInputStream(content));
      if (certificates.length == 0) {
        throw new TlsFileException(file + " has no certificate");
      }
      return certificates;
    } catch (GeneralSecurityException e) {
      throw new TlsFileException(file + " is no PEM file of certificates", e);
    }
  }

  /** The private key, which must be that of the certificate. */
  public static PrivateKey key(Path file, X509Certificate certificate) throws TlsFileException {
    byte[] content = content(file);
    PrivateKey key;
    try {
      key = CertificateUtils.getPrivateKey(new ByteArrayInputStream(content));
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new TlsFileException(
          file + " is no PEM file of an unencrypted PKCS#8 private key (RSA or EC)", e);
    }
    if (!belongTogether(key, certificate)) {
      throw new TlsFileException(file + " is not the key of the certificate");
    }
    return key;
  }

  private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      byte[] signature = signing.sign();
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(certificate.getPublicKey());
      checking.update(PROBE);
      return checking.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The revocation lists in a file: one at least; none without a file. */
  public static List<X509CRL> revocationLists(@Nullable Path file) throws TlsFileException {
    if (file == null) {
      return List.of();
    }
    byte[] content = content(file);
    try {
      List<X509CRL> lists = new ArrayList<>();
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (CRL list : factory.generateCRLs(new ByteArrayInputStream(content))) {
        lists.add((X509CRL) list);
      }
      if (lists.isEmpty()) { // as a file that is being written, or found no room on the disk
        throw new TlsFileException(file + " has no revocation list");
      }
      return lists;
    } catch (GeneralSecurityException e) {
      throw new TlsFileException(file + " is no PEM file of revocation lists", e);
    }
  }

  private static byte[] content(Path file) throws TlsFileException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TlsFileException("cannot read " + file + ": " + e, e);
    }
  }
}
