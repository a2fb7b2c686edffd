package dev.holdfast.common.tls;

import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The authorities of a company: its root signs another one, which signs the certificates. */
public final class CompanyAuthority {
  private static final Duration LIFE = Duration.ofDays(1);

  private final Path directory;
  private final CertificateAuthority root;
  private final CertificateAuthority below;

  public CompanyAuthority(Path directory) throws Exception {
    this.directory = Files.createDirectories(directory);
    KeyPair rootKeys = newKeys();
    KeyPair keys = newKeys();
    root =
        CertificateAuthority.of(
            sign("CN=root", rootKeys, "CN=root", rootKeys.getPrivate()), rootKeys.getPrivate());
    below =
        CertificateAuthority.of(
            sign("CN=below", keys, "CN=root", rootKeys.getPrivate()), keys.getPrivate());
    write("crl.pem", root.revocationList(Map.of(), Instant.now().plus(LIFE)));
  }

  private static KeyPair newKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509Certificate sign(String name, KeyPair keys, String issuer, PrivateKey by)
      throws Exception {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.valueOf(System.nanoTime()),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plus(LIFE)),
            new X500Name(name),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** Writes a certificate with the one above it, its key and the root. */
  public TlsFiles issue(String name, Request request) throws IOException {
    Issued issued = below.issue(request);
    return new TlsFiles(
        write(name + ".pem", issued.certificate() + below.self().certificate()),
        write(name + ".key", issued.key()),
        write("ca.pem", root.self().certificate()),
        directory.resolve("crl.pem"));
  }

  /** Takes back the certificate of the authority that signs. */
  public void revokeSigner() throws IOException {
    Map<BigInteger, Instant> revoked = Map.of(below.certificate().getSerialNumber(), Instant.now());
    write("crl.pem", root.revocationList(revoked, Instant.now().plus(LIFE)));
  }
}
