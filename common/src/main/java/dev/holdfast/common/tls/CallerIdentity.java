package dev.holdfast.common.tls;

import io.grpc.ChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextChannelCredentials;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.SslSocketAndEnginePeerVerifier;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A caller of the nodes of a cluster: the certificate that it shows, if it has one, and the
 * authorities that it believes. From files, and again when they change: connections made from then
 * on use the new ones, and those that are open stay, unless they are ended for {@link #isRevoked}.
 * For any thread.
 */
public final class CallerIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(CallerIdentity.class);
  private static final String VERSION = "TLSv1.3";

  private final @Nullable Path certificate;
  private final @Nullable Path key;
  private final Path authorities;
  private final @Nullable Path revoked;
  private final String cluster;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final AdvancedTlsX509TrustManager believed;
  private final ChannelCredentials credentials;
  private volatile Trust trust;
  private List<String> seen; // guarded by this

  private CallerIdentity(
      @Nullable TlsFiles own, Path authorities, @Nullable Path revoked, String cluster)
      throws TlsFileException {
    this.certificate = own == null ? null : own.certificate();
    this.key = own == null ? null : own.key();
    this.authorities = authorities;
    this.revoked = revoked;
    this.cluster = cluster;
    seen = stamps(); // before reading: a change in between is read again
    trust = Trust.read(authorities, revoked);
    show(own());
    try {
      believed =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
              .setSslSocketAndEnginePeerVerifier(new AnyNode())
              .build();
      believed.updateTrustCredentials(trust.authorities());
      credentials = NettySslContextChannelCredentials.create(context().build());
    } catch (SSLException e) {
      throw new IllegalStateException("this machine has no " + VERSION, e);
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsFileException("cannot use the certificates in " + authorities, e);
    }
  }

  /**
   * One with a certificate, for nodes of the cluster that the certificate names.
   *
   * @throws TlsFileException when a file is missing or wrong
   */
  public static CallerIdentity load(TlsFiles files) throws TlsFileException {
    Path certificate = files.certificate();
    CertificateName name =
        CertificateName.of(PemFiles.certificates(certificate)[0])
            .orElseThrow(
                () ->
                    new TlsFileException(
                        certificate
                            + " has no name spiffe://CLUSTER/user/ID, which would say whose nodes to call"));
    return load(files, name.cluster());
  }

  /**
   * One with a certificate.
   *
   * @param cluster id that the certificates of the nodes have
   * @throws TlsFileException when a file is missing or wrong
   */
  public static CallerIdentity load(TlsFiles files, String cluster) throws TlsFileException {
    return new CallerIdentity(files, files.authorities(), files.revoked(), cluster);
  }

  /** One that shows no certificate, as with a token. */
  public static CallerIdentity withoutCertificate(
      Path authorities, @Nullable Path revoked, String cluster) throws TlsFileException {
    return new CallerIdentity(null, authorities, revoked, cluster);
  }

  private SslContextBuilder context() {
    SslContextBuilder builder =
        GrpcSslContexts.forClient().protocols(VERSION).trustManager(believed);
    return certificate == null ? builder : builder.keyManager(keys);
  }

  /** Credentials of channels to any node of the cluster, whatever its address. */
  public ChannelCredentials credentials() {
    return credentials;
  }

  /** Whether it looks at a list of certificates that were taken back. */
  public boolean hasRevocationList() {
    return revoked != null;
  }

  /** Whether an authority took back this certificate. */
  public boolean isRevoked(X509Certificate node) {
    return trust.isRevoked(node);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Own(X509Certificate[] chain, PrivateKey key) {}

  private @Nullable Own own() throws TlsFileException {
    if (certificate == null || key == null) {
      return null;
    }
    X509Certificate[] chain = PemFiles.certificates(certificate);
    return new Own(chain, PemFiles.key(key, chain[0]));
  }

  private void show(@Nullable Own own) {
    if (own != null) {
      keys.updateIdentityCredentials(own.chain, own.key);
    }
  }

  /**
   * Reads files that changed. While one is missing or wrong, those read before stay in use and it
   * is said in the log.
   */
  public synchronized void refresh() {
    List<String> now = stamps();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      Trust read = trust.readAgain(authorities, revoked);
      Own own = own();
      believed.updateTrustCredentials(read.authorities());
      trust = read;
      show(own);
      LOG.info("read the files of certificates again, as {} changed", authorities.getParent());
    } catch (TlsFileException | GeneralSecurityException | IOException e) {
      LOG.warn("keeps to the certificates as read before: {}", e.getMessage());
    }
  }

  /** The states of the files; another one means that it was written. */
  private List<String> stamps() {
    return Stream.of(certificate, key, authorities, revoked)
        .flatMap(Stream::ofNullable)
        .map(CallerIdentity::stamp)
        .toList();
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return file + " " + now.fileKey() + " " + now.size() + " " + now.lastModifiedTime();
    } catch (IOException missing) {
      return file + " is missing";
    }
  }

  /** Takes nodes of the cluster only: a user's certificate is of the same authority. */
  private final class AnyNode implements SslSocketAndEnginePeerVerifier {
    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("only engines are expected");
    }

    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      trust.requireNotRevoked(List.of(chain));
      CertificateName shown = CertificateName.of(chain[0]).orElse(null);
      if (shown == null || !shown.isNodeOf(cluster)) {
        throw new CertificateException(
            "the certificate is for %s, not for a node of the cluster %s"
                .formatted(shown == null ? "no node" : shown.uri(), cluster));
      }
    }
  }
}
