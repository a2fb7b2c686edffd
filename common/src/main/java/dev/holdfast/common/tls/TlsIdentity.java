package dev.holdfast.common.tls;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextServerCredentials;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's certificate and the authorities that it believes, from files, and again when they
 * change: connections made from then on use the new ones, and those that are open stay. All
 * connections are TLS 1.3.
 */
public final class TlsIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);
  private static final String VERSION = "TLSv1.3";

  private final TlsFiles files;
  private final @Nullable CertificateName owner;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private volatile Trust trust;
  private volatile OwnCertificate own;
  private volatile Instant validUntil;
  private FileStamps seen;
  private @Nullable FileStamps doubtful;
  private volatile ReadListener listener = (what, problem) -> {};
  private final List<AdvancedTlsX509TrustManager> managers = new ArrayList<>();
  private final ResumedSessions resumed = new ResumedSessions();
  private final Map<String, ChannelCredentials> callers = new ConcurrentHashMap<>();

  private TlsIdentity(TlsFiles files, @Nullable CertificateName owner) throws TlsFileException {
    this.files = files;
    this.owner = owner;
    seen = FileStamps.of(files); // before reading: a change in between is read again
    trust = Trust.read(files);
    own = readOwn(trust);
    validUntil = own.validUntil(trust);
    keys.updateIdentityCredentials(own.chain().toArray(new X509Certificate[0]), own.key());
  }

  /**
   * Reads the files.
   *
   * @throws TlsFileException when one is missing or wrong
   */
  public static TlsIdentity load(TlsFiles files) throws TlsFileException {
    return new TlsIdentity(files, null);
  }

  /**
   * Reads the files, in which the certificate must be its owner's, and one that peers with the same
   * authorities and revocation lists take.
   *
   * @throws TlsFileException when it is not, or a file is missing or wrong
   */
  public static TlsIdentity load(TlsFiles files, CertificateName owner) throws TlsFileException {
    return new TlsIdentity(files, owner);
  }

  private OwnCertificate readOwn(Trust by) throws TlsFileException {
    OwnCertificate read = OwnCertificate.read(files);
    if (owner != null) {
      read.requireGood(owner, by, files);
    }
    return read;
  }

  /** Sets who is told when the files were read again. */
  public void whenRead(ReadListener told) {
    listener = told;
  }

  /** Whose certificate this is, its number, until when it lasts, and whom it believes. */
  @Override
  public String toString() {
    X509Certificate certificate = certificate();
    return "%s, number %s, until %s, %s"
        .formatted(
            CertificateName.of(certificate).map(Object::toString).orElse("without a name"),
            certificate.getSerialNumber().toString(16),
            validUntil,
            trust);
  }

  /** This process's certificate. */
  public X509Certificate certificate() {
    return own.certificate();
  }

  /** When peers stop to take this process's certificate, unless it is renewed. */
  public Instant validUntil() {
    return validUntil;
  }

  /** When a newer revocation list is due; empty without lists that tell. */
  public Optional<Instant> revocationListsDue() {
    return trust.listsDue();
  }

  /** Whether an authority took back this certificate. */
  public boolean isRevoked(X509Certificate peer) {
    return trust.isRevoked(peer);
  }

  /** Credentials of a server that wants certificates of its callers, or takes them when shown. */
  public ServerCredentials server(TlsServerCredentials.ClientAuth wanted) {
    return NettySslContextServerCredentials.create(
        context(
            GrpcSslContexts.configure(SslContextBuilder.forServer(keys))
                .trustManager(new UnlistedAuthorities(manager(new PeerCheck(() -> trust))))
                .clientAuth(
                    switch (wanted) {
                      case NONE -> ClientAuth.NONE;
                      case OPTIONAL -> ClientAuth.OPTIONAL;
                      case REQUIRE -> ClientAuth.REQUIRE;
                    })));
  }

  /** Of an HTTP server, which asks its callers for certificates or does not. */
  public SSLContext httpServer() {
    try {
      SSLContext context = SSLContext.getInstance(VERSION);
      context.init(
          new KeyManager[] {keys}, new TrustManager[] {manager(new PeerCheck(() -> trust))}, null);
      resumed.limit(context.getServerSessionContext());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + VERSION, e);
    }
  }

  /**
   * Credentials of a caller of nodes of a cluster. The authority of its channel is the id of the
   * node that must answer.
   */
  public ChannelCredentials callerOfNodes(String cluster) {
    return callers.computeIfAbsent(cluster, this::newCallerOfNodes);
  }

  private ChannelCredentials newCallerOfNodes(String cluster) {
    return NettySslContextChannelCredentials.create(
        context(
            GrpcSslContexts.forClient()
                .keyManager(keys)
                .trustManager(manager(new PeerCheck.NamedNode(() -> trust, cluster)))));
  }

  private SslContext context(SslContextBuilder builder) {
    try {
      return resumed.context(builder.protocols(VERSION));
    } catch (SSLException e) {
      throw new IllegalStateException("this machine has no " + VERSION, e);
    }
  }

  private AdvancedTlsX509TrustManager manager(PeerCheck check) {
    try {
      AdvancedTlsX509TrustManager manager =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
              .setSslSocketAndEnginePeerVerifier(check)
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
   * is said in the log: at the second look, since the first may come between two that are written.
   * For one thread, often: sessions can be resumed until the next look.
   */
  public void refresh() {
    read();
    resumed.forget();
  }

  private void read() {
    FileStamps now = FileStamps.of(files);
    if (now.equals(seen)) {
      return;
    }
    try {
      use(trust.readAgain(files.authorities(), files.revoked()));
      use(readOwn(trust));
      validUntil = own.validUntil(trust);
      seen = now;
      LOG.info("read the certificates again: {}", this);
      listener.read(toString(), null);
    } catch (TlsFileException e) {
      if (now.equals(doubtful)) {
        seen = now;
        LOG.error("the certificates read before stay in use: {}", e.getMessage());
        listener.read(toString(), e.getMessage());
      }
      doubtful = now;
    }
  }

  private void use(Trust next) throws TlsFileException {
    synchronized (managers) {
      for (AdvancedTlsX509TrustManager manager : managers) {
        try {
          manager.updateTrustCredentials(next.authorities());
        } catch (GeneralSecurityException | IOException e) {
          throw new TlsFileException("cannot use the certificates in " + files.authorities(), e);
        }
      }
      trust = next;
    }
  }

  private void use(OwnCertificate next) {
    keys.updateIdentityCredentials(next.chain().toArray(new X509Certificate[0]), next.key());
    own = next;
  }
}
