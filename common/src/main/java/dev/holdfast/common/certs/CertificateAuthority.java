package dev.holdfast.common.certs;

import com.google.common.net.InetAddresses;
import dev.holdfast.common.tls.CertificateName;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs certificates of nodes, users and services of one cluster. */
public final class CertificateAuthority {
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final String CURVE = "secp256r1";
  private static final int SERIAL_BITS = 127;

  /** A certificate is valid a little before it was made: clocks differ. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * A certificate to be signed.
   *
   * @param hosts names and addresses under which callers connect, for those that compare them
   */
  public record Request(
      CertificateName name, Collection<String> hosts, Instant from, Instant until) {
    public Request {
      hosts = List.copyOf(hosts);
    }

    /** Valid from now on. */
    public static Request lasting(Duration life, CertificateName name, Collection<String> hosts) {
      Instant now = Instant.now();
      return new Request(name, hosts, now, now.plus(life));
    }
  }

  /** A new authority, with a new key. */
  public static CertificateAuthority create(String cluster, Duration life) {
    try {
      KeyPair pair = newKey();
      X500Name name = name("Holdfast " + cluster + " authority");
      Instant now = Instant.now();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name, serial(), begin(now), Date.from(now.plus(life)), name, pair.getPublic());
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()))
          .addExtension(
              Extension.subjectAlternativeName, false, uri(CertificateName.clusterUri(cluster)));
      return new CertificateAuthority(signed(builder, pair.getPrivate()), pair.getPrivate());
    } catch (GeneralSecurityException | CertIOException e) {
      throw new IllegalStateException("this Java cannot make certificates", e);
    }
  }

  /** An authority that was made before. */
  public static CertificateAuthority of(X509Certificate certificate, PrivateKey key) {
    return new CertificateAuthority(certificate, key);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** The authority itself, to be kept where nobody else reads. */
  public Issued self() {
    return new Issued(certificate, Pem.key(key));
  }

  /**
   * A certificate and its key.
   *
   * @param key in PEM
   */
  public record Issued(X509Certificate signed, String key) {
    /** The certificate in PEM. */
    public String certificate() {
      return Pem.text(signed);
    }

    @Override
    public String toString() {
      return signed.getSubjectX500Principal().getName(); // and never the key
    }
  }

  /** Signs a certificate for a new key. */
  public Issued issue(Request request) {
    try {
      KeyPair pair = newKey();
      return new Issued(sign(request, pair), Pem.key(pair.getPrivate()));
    } catch (GeneralSecurityException | CertIOException e) {
      throw new IllegalStateException("this Java cannot make certificates", e);
    }
  }

  private X509Certificate sign(Request request, KeyPair pair)
      throws GeneralSecurityException, CertIOException {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            certificate,
            serial(),
            begin(request.from),
            Date.from(request.until),
            name(request.name.toString()),
            pair.getPublic());
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}))
        .addExtension(Extension.authorityKeyIdentifier, false, identifier())
        .addExtension(Extension.subjectAlternativeName, false, names(request));
    return signed(builder, key);
  }

  private static GeneralNames names(Request request) {
    List<GeneralName> names = new ArrayList<>();
    names.addAll(List.of(uri(request.name.uri()).getNames()));
    for (String host : request.hosts) {
      int kind = InetAddresses.isInetAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName;
      names.add(new GeneralName(kind, host));
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static GeneralNames uri(String uri) {
    return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
  }

  /**
   * A list of certificates that this authority takes back, in PEM.
   *
   * @param revoked serial numbers, and since when
   * @param until when the next list is due
   */
  public String revocationList(Map<BigInteger, Instant> revoked, Instant until) {
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(
            X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
            Date.from(Instant.now()));
    builder.setNextUpdate(Date.from(until));
    revoked.forEach(
        (serial, since) -> builder.addCRLEntry(serial, Date.from(since), CRLReason.unspecified));
    try {
      // tells apart the lists of an authority and of the one that follows it, under one name
      builder.addExtension(Extension.authorityKeyIdentifier, false, identifier());
    } catch (GeneralSecurityException | CertIOException e) {
      throw new IllegalStateException("this Java cannot make revocation lists", e);
    }
    return Pem.text(builder.build(signer(key)));
  }

  private AuthorityKeyIdentifier identifier() throws GeneralSecurityException {
    return new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate);
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(CURVE), RANDOM);
    return generator.generateKeyPair();
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer(key)));
  }

  private static ContentSigner signer(PrivateKey key) {
    try {
      return new JcaContentSignerBuilder(SIGNATURE).build(key);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("this Java cannot sign with " + SIGNATURE, e);
    }
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, RANDOM);
  }

  private static Date begin(Instant from) {
    return Date.from(from.minus(CLOCKS_DIFFER));
  }
}
