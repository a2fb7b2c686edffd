package dev.holdfast.common.tls;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's certificate and the authorities that it believes, from files, and again when they
 * change: connections made from then on use the new ones, and those that are open stay.
 */
public final class TlsIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

  /** A file's state; another one means that it was written. */
  private record Stamp(Path file, @Nullable Object identity, long bytes, Instant modified) {}

  private final TlsFiles files;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private volatile Trust trust;
  private volatile X509Certificate certificate;
  private List<Stamp> stamps;
  private final List<AdvancedTlsX509TrustManager> managers = new ArrayList<>();

  private TlsIdentity(TlsFiles files, List<Stamp> stamps, Loaded loaded) {
    this.files = files;
    this.stamps = stamps;
    this.trust = loaded.trust;
    this.certificate = loaded.chain[0];
    keys.updateIdentityCredentials(loaded.chain, loaded.key);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Loaded(X509Certificate[] chain, PrivateKey key, Trust trust) {}

  /**
   * Reads the files.
   *
   * @throws TlsFileException when one is missing or wrong
   */
  public static TlsIdentity load(TlsFiles files) throws TlsFileException {
    List<Stamp> stamps = stamps(files); // before reading: a change in between is read again
    return new TlsIdentity(files, stamps, read(files));
  }

  private static Loaded read(TlsFiles files) throws TlsFileException {
    X509Certificate[] chain = PemFiles.certificates(files.certificate());
    return new Loaded(chain, PemFiles.key(files.key(), chain[0]), Trust.read(files));
  }

  /** This process's certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Whether an authority took back this certificate. */
  public boolean isRevoked(X509Certificate peer) {
    return trust.isRevoked(peer);
  }

  /** Credentials of a server that wants certificates of its callers, or takes them when shown. */
  public ServerCredentials server(ClientAuth callers) {
    return TlsServerCredentials.newBuilder()
        .keyManager(keys)
        .trustManager(manager(new Callers()))
        .clientAuth(callers)
        .build();
  }

  /**
   * Credentials of a caller of nodes of a cluster. The authority of its channel is the id of the
   * node that must answer.
   */
  public ChannelCredentials callerOfNodes(String cluster) {
    return TlsChannelCredentials.newBuilder()
        .keyManager(keys)
        .trustManager(manager(new NamedNode(cluster)))
        .build();
  }

  private AdvancedTlsX509TrustManager manager(SslSocketAndEnginePeerVerifier verifier) {
    try {
      AdvancedTlsX509TrustManager manager =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
              .setSslSocketAndEnginePeerVerifier(verifier)
              .build();
      synchronized (managers) {
        manager.updateTrustCredentials(trust.authorities());
        managers.add(manager);
      }
      return manager;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the authorities were read before", e);
    }
  }

  /**
   * Reads files that changed. While one is missing or wrong, those read before stay in use and it
   * is said in the log.
   */
  public void refresh() {
    List<Stamp> now = stamps(files);
    if (now.equals(stamps)) {
      return;
    }
    stamps = now;
    try {
      Loaded loaded = read(files);
      synchronized (managers) {
        for (AdvancedTlsX509TrustManager manager : managers) {
          manager.updateTrustCredentials(loaded.trust.authorities());
        }
        trust = loaded.trust;
      }
      keys.updateIdentityCredentials(loaded.chain, loaded.key);
      certificate = loaded.chain[0];
      LOG.info(
          "read the certificate again: {} until {}",
          CertificateName.of(certificate).map(Objects::toString).orElse("without a name"),
          certificate.getNotAfter().toInstant());
    } catch (TlsFileException | GeneralSecurityException | IOException e) {
      LOG.error("keeps its certificate as read before: {}", e.getMessage());
    }
  }

  private static List<Stamp> stamps(TlsFiles files) {
    List<Stamp> stamps = new ArrayList<>();
    for (Path file : new Path[] {files.certificate(), files.key(), files.authorities()}) {
      stamps.add(stamp(file));
    }
    if (files.revoked() != null) {
      stamps.add(stamp(files.revoked()));
    }
    return stamps;
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(file, now.fileKey(), now.size(), now.lastModifiedTime().toInstant());
    } catch (IOException missing) {
      return new Stamp(file, null, -1, Instant.EPOCH);
    }
  }

  /** Anybody with a certificate that is not revoked: who may do what is decided by call. */
  private class Callers implements SslSocketAndEnginePeerVerifier {
    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("only engines are expected");
    }

    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      trust.requireNotRevoked(List.of(chain));
    }
  }

  /** The node that the channel is meant for, whatever its address. */
  private final class NamedNode extends Callers {
    private final String cluster;

    NamedNode(String cluster) {
      this.cluster = cluster;
    }

    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      super.verifyPeerCertificate(chain, type, engine);
      CertificateName wanted = CertificateName.node(cluster, engine.getPeerHost());
      CertificateName shown = CertificateName.of(chain[0]).orElse(null);
      if (!wanted.equals(shown)) {
        throw new CertificateException(
            "the certificate is for %s, not for %s"
                .formatted(shown == null ? "no node" : shown.uri(), wanted.uri()));
      }
    }
  }
}
