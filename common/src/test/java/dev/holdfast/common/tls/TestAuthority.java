package dev.holdfast.common.tls;

import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import dev.holdfast.common.net.Handshakes;
import dev.holdfast.common.tls.CertificateName.Kind;
import io.grpc.ChannelCredentials;
import io.grpc.util.CertificateUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An authority of the cluster "shop" that puts its certificates into a directory. */
public final class TestAuthority {
  public static final String CLUSTER = "shop";
  public static final Duration LIFE = Duration.ofDays(90);

  private final Path directory;
  private final Path revokedFile;
  private final Map<BigInteger, Instant> revoked = new HashMap<>();
  private final CertificateAuthority authority;

  public TestAuthority(Path directory) throws IOException {
    this(directory, LIFE);
  }

  TestAuthority(Path directory, Duration life) throws IOException {
    this.authority = CertificateAuthority.create(CLUSTER, life);
    this.directory = Files.createDirectories(directory);
    this.revokedFile = directory.resolve("crl.pem");
    writeRevoked();
  }

  private void writeRevoked() throws IOException {
    Files.writeString(revokedFile, authority.revocationList(revoked, Instant.now().plus(LIFE)));
  }

  public static Request node(String id) {
    return named(Kind.NODE, id);
  }

  public static Request user(String id) {
    return named(Kind.USER, id);
  }

  private static Request named(Kind kind, String id) {
    return Request.lasting(LIFE, new CertificateName(CLUSTER, kind, id), List.of("127.0.0.1"));
  }

  /** Valid for a while around now, or before. */
  public static Request ending(CertificateName name, Duration fromNow) {
    Instant until = Instant.now().plus(fromNow);
    return new Request(name, List.of("127.0.0.1"), until.minus(LIFE), until);
  }

  /** Writes a certificate, its key and this authority to files of this name. */
  public TlsFiles issue(String name, Request request) throws IOException {
    Issued issued = authority.issue(request);
    TlsFiles files =
        new TlsFiles(path(name + ".pem"), path(name + ".key"), path(name + "-ca.pem"), revokedFile);
    Files.writeString(files.certificate(), issued.certificate());
    Files.writeString(files.key(), issued.key());
    Files.writeString(files.authorities(), pem());
    return files;
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  public String pem() {
    return authority.self().certificate();
  }

  public TlsIdentity identity(String name, Request request) throws IOException, TlsFileException {
    return TlsIdentity.load(issue(name, request));
  }

  /** The security of a node; the test looks at the files by itself. */
  public static NodeSecurity security(TlsIdentity identity, int connectionsPerAddressMax) {
    return security(identity, connectionsPerAddressMax, new SimpleMeterRegistry());
  }

  public static NodeSecurity security(
      TlsIdentity identity, int connectionsPerAddressMax, MeterRegistry meters) {
    return new NodeSecurity(
        identity,
        CLUSTER,
        connectionsPerAddressMax,
        new Handshakes(meters),
        InstantSource.system());
  }

  public static ChannelCredentials callerOfNodes(TlsIdentity identity) {
    return identity.callerOfNodes(CLUSTER);
  }

  /** Shows the certificate of one authority to a server of another one. */
  public static TlsIdentity callerOf(TlsFiles own, TestAuthority servers)
      throws IOException, TlsFileException {
    Path authorities = own.authorities();
    Files.writeString(authorities, servers.pem());
    return TlsIdentity.load(new TlsFiles(own.certificate(), own.key(), authorities, null));
  }

  /** Has a node look at its files. */
  public static void look(NodeSecurity security) {
    security.look();
  }

  /** Takes a certificate back. */
  public void revoke(X509Certificate certificate) throws IOException {
    revoked.put(certificate.getSerialNumber(), Instant.now());
    writeRevoked();
  }

  /** For callers by Java's own means, which compare host names. */
  public SSLContext javaCaller(String protocol, @Nullable TlsFiles files)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyStore own = empty();
    if (files != null) {
      own.setKeyEntry("own", key(files.key()), new char[0], certificates(files.certificate()));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance(protocol);
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    try (InputStream content = Files.newInputStream(file)) {
      return CertificateUtils.getPrivateKey(content);
    }
  }

  private static X509Certificate[] certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream content = Files.newInputStream(file)) {
      return CertificateUtils.getX509Certificates(content);
    }
  }
}
