package dev.holdfast.store.raft.rpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.PingRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.google.protobuf.Message;
import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import dev.holdfast.common.net.HandshakeFault;
import dev.holdfast.common.net.Handshakes;
import dev.holdfast.common.net.Handshakes.Failed;
import dev.holdfast.common.net.Handshakes.Port;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.common.tls.TlsIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Raft port of node b, and callers with all kinds of certificates. */
final class PeerTrustTest {
  private static final String CLUSTER = "shop";
  private static final Duration LIFE = Duration.ofDays(1);
  private static final int PATIENCE_MILLIS = 5_000;
  private static final ErrorResponse DONE = ErrorResponse.newBuilder().setErrorCode(0).build();

  private final CertificateAuthority authority = CertificateAuthority.create(CLUSTER, LIFE);
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Handshakes handshakes = new Handshakes(meters);
  private final List<Message> handled = new CopyOnWriteArrayList<>();
  private final Endpoint a = new Endpoint("127.0.0.1", freePort());
  private final Endpoint b = new Endpoint("127.0.0.1", freePort());
  private final Map<Endpoint, String> nodes = Map.of(a, "node-a", b, "node-b");
  private TlsIdentity identityOfB;
  private Path revoked;

  @TempDir private Path directory;

  PeerTrustTest() throws IOException {}

  @BeforeEach
  void start() throws Exception {
    revoked = directory.resolve("revoked.pem");
    Files.writeString(revoked, authority.revocationList(Map.of(), Instant.now().plus(LIFE)));
    identityOfB = identity("b", node("node-b"), authority);
    network(b, identityOfB);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    pool.shutdownNow();
  }

  @Test
  void shouldTakeAMemberAtItsWord() throws Exception {
    GroupCalls calls = caller(a, identity("a", node("node-a"), authority));

    assertThat(calls.invokeSync(b, ping(), null, PATIENCE_MILLIS)).isEqualTo(DONE);
    assertThat(calls.invokeSync(b, vote(a), null, PATIENCE_MILLIS)).isEqualTo(DONE);
    assertThat(handled).hasSize(2);
  }

  @Test
  void shouldRefuseEverybodyElse() throws Exception {
    CertificateAuthority other = CertificateAuthority.create(CLUSTER, LIFE);
    Instant now = Instant.now();
    Request expired =
        new Request(
            CertificateName.node(CLUSTER, "node-a"),
            List.of(),
            now.minus(LIFE),
            now.minusSeconds(1));
    refuses("no certificate", PeerTrust.everybody());
    refuses("another authority", trust(identity("other", node("node-a"), other)));
    refuses("a user", trust(identity("user", named(Kind.USER, "node-a"), authority)));
    refuses("a service", trust(identity("service", named(Kind.SERVICE, "node-a"), authority)));
    refuses("a node that is no member", trust(identity("reader", node("reader"), authority)));
    refuses("expired", trust(identity("expired", expired, authority)));
    refuses(
        "another cluster",
        trust(
            identity(
                "cluster",
                Request.lasting(LIFE, CertificateName.node("other", "node-a"), List.of()),
                authority)));
    assertThat(handled).isEmpty();
  }

  private void refuses(String who, PeerTrust trust) throws Exception {
    GroupCalls calls = caller(a, trust);
    assertThatThrownBy(() -> calls.invokeSync(b, ping(), null, PATIENCE_MILLIS))
        .as(who)
        .isInstanceOf(RemotingException.class)
        .isNotInstanceOf(InvokeTimeoutException.class);
  }

  @Test
  void shouldTellOfHandshakesThatFail() throws Exception {
    List<Failed> failed = new CopyOnWriteArrayList<>();
    handshakes.whenFailed(failed::add);
    CertificateAuthority other = CertificateAuthority.create(CLUSTER, LIFE);

    refuses("plaintext", PeerTrust.everybody());
    refuses(
        "of another authority, believes that only",
        trust(identity("other", node("node-a"), other)));
    try (Socket socket = withoutCertificate()) {
      assertThatThrownBy(() -> readAll(socket)).isInstanceOf(IOException.class);
    }

    await()
        .untilAsserted(
            () ->
                assertThat(failed)
                    .contains(
                        new Failed(Port.RAFT, "127.0.0.1", HandshakeFault.NOT_TLS),
                        new Failed(Port.RAFT, "127.0.0.1", HandshakeFault.CALLER_REFUSED),
                        new Failed(Port.RAFT, "127.0.0.1", HandshakeFault.NO_CERTIFICATE)));
  }

  private Socket withoutCertificate() throws Exception {
    KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
    believed.load(null, null);
    believed.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(b.getIp(), b.getPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static void readAll(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // the alert comes behind the settings that the server sends first, perhaps
    }
  }

  @Test
  void shouldRefuseANodeThatSpeaksAsAnother() throws Exception {
    GroupCalls calls = caller(a, identity("a", node("node-a"), authority));

    for (Message request : List.of(vote(b), timeoutNow(b))) {
      assertThatThrownBy(() -> calls.invokeSync(b, request, null, PATIENCE_MILLIS))
          .isInstanceOf(RemotingException.class)
          .hasMessageContaining("PERMISSION_DENIED");
    }
    assertThat(handled).isEmpty();
  }

  @Test
  void shouldNotTalkToANodeThatIsAnother() throws Exception {
    Endpoint impostor = new Endpoint("127.0.0.1", freePort());
    network(impostor, identity("a", node("node-a"), authority));
    TlsIdentity identity = identity("c", node("node-c"), authority);
    GroupCalls calls =
        caller(a, new PeerTrust(identity, CLUSTER, Map.of(impostor, "node-b", a, "node-c")));

    assertThatThrownBy(() -> calls.invokeSync(impostor, ping(), null, PATIENCE_MILLIS))
        .isInstanceOf(RemotingException.class);
    assertThat(handled).isEmpty();
  }

  @Test
  void shouldCutOffWhoseCertificateIsTakenBack() throws Exception {
    TlsIdentity identity = identity("a", node("node-a"), authority);
    GroupCalls calls = caller(a, identity);
    calls.invokeSync(b, ping(), null, PATIENCE_MILLIS);

    Files.writeString(
        revoked,
        authority.revocationList(
            Map.of(identity.certificate().getSerialNumber(), Instant.now()),
            Instant.now().plus(LIFE)));
    identityOfB.refresh();

    await()
        .atMost(10, SECONDS)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> calls.invokeSync(b, ping(), null, PATIENCE_MILLIS))
                    .isInstanceOf(RemotingException.class));
  }

  @Test
  void shouldLeaveAPeerWhoseCertificateIsTakenBack() throws Exception {
    TlsIdentity identity = identity("a", node("node-a"), authority);
    GroupCalls calls = caller(a, identity);
    calls.invokeSync(b, ping(), null, PATIENCE_MILLIS);

    Files.writeString(
        revoked,
        authority.revocationList(
            Map.of(identityOfB.certificate().getSerialNumber(), Instant.now()),
            Instant.now().plus(LIFE)));
    identity.refresh();

    await()
        .atMost(10, SECONDS)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> calls.invokeSync(b, ping(), null, PATIENCE_MILLIS))
                    .isInstanceOf(RemotingException.class));
  }

  @Test
  void shouldTalkOnWhileEveryCertificateIsRenewed() throws Exception {
    TlsIdentity identity = identity("a", node("node-a"), authority);
    GroupCalls calls = caller(a, identity);
    calls.invokeSync(b, ping(), null, PATIENCE_MILLIS);
    CertificateAuthority next = CertificateAuthority.create(CLUSTER, LIFE);

    // both authorities are believed before the first certificate of the new one is shown
    String both = authority.self().certificate() + next.self().certificate();
    Files.writeString(directory.resolve("a-authorities.pem"), both);
    Files.writeString(directory.resolve("b-authorities.pem"), both);
    identity.refresh();
    identityOfB.refresh();
    write("a", next.issue(node("node-a")));
    identity.refresh();

    assertThat(calls.invokeSync(b, ping(), null, PATIENCE_MILLIS)).isEqualTo(DONE);
    GroupCalls anew = caller(a, identity);
    assertThat(anew.invokeSync(b, vote(a), null, PATIENCE_MILLIS)).isEqualTo(DONE);
  }

  private Request node(String id) {
    return named(Kind.NODE, id);
  }

  private Request named(Kind kind, String id) {
    return Request.lasting(LIFE, new CertificateName(CLUSTER, kind, id), List.of("127.0.0.1"));
  }

  private TlsIdentity identity(String name, Request request, CertificateAuthority by)
      throws Exception {
    write(name, by.issue(request));
    Path authorities = directory.resolve(name + "-authorities.pem");
    Files.writeString(authorities, by.self().certificate());
    boolean ours = by == authority;
    return TlsIdentity.load(
        new TlsFiles(
            directory.resolve(name + ".pem"),
            directory.resolve(name + ".key"),
            authorities,
            ours ? revoked : null));
  }

  private void write(String name, Issued issued) throws IOException {
    Files.writeString(directory.resolve(name + ".pem"), issued.certificate());
    Files.writeString(directory.resolve(name + ".key"), issued.key());
  }

  private PeerTrust trust(TlsIdentity identity) {
    return new PeerTrust(identity, CLUSTER, nodes);
  }

  private GroupCalls caller(Endpoint at, TlsIdentity identity) throws IOException {
    return caller(at, trust(identity));
  }

  private GroupCalls caller(Endpoint at, PeerTrust trust) throws IOException {
    GroupCalls calls = new GroupCalls();
    calls.init(new NetworkedOptions(network(new Endpoint(at.getIp(), 0), trust)));
    return calls;
  }

  private RaftNetwork network(Endpoint at, TlsIdentity identity) throws IOException {
    return network(at, trust(identity));
  }

  private RaftNetwork network(Endpoint at, PeerTrust trust) throws IOException {
    RaftNetwork network =
        new RaftNetwork(
            new InetSocketAddress(at.getIp(), at.getPort()),
            trust,
            handshakes,
            pool,
            this::register);
    opened.add(network);
    return network;
  }

  private void register(RpcServer server) {
    server.registerProcessor(new Answering(PingRequest.class));
    server.registerProcessor(new Answering(RequestVoteRequest.class));
    server.registerProcessor(new Answering(TimeoutNowRequest.class));
  }

  /** Notes and answers everything. */
  private class Answering implements RpcProcessor<Message> {
    private final Class<? extends Message> type;

    Answering(Class<? extends Message> type) {
      this.type = type;
    }

    @Override
    public void handleRequest(RpcContext reply, Message request) {
      handled.add(request);
      reply.sendResponse(DONE);
    }

    @Override
    public String interest() {
      return type.getName();
    }
  }

  private static PingRequest ping() {
    return PingRequest.newBuilder().setSendTimestamp(1).build();
  }

  private static RequestVoteRequest vote(Endpoint from) {
    return RequestVoteRequest.newBuilder()
        .setGroupId("partition-0")
        .setServerId(from.toString())
        .setPeerId("127.0.0.1:1")
        .setTerm(1)
        .setLastLogTerm(1)
        .setLastLogIndex(1)
        .setPreVote(true)
        .build();
  }

  private static TimeoutNowRequest timeoutNow(Endpoint from) {
    return TimeoutNowRequest.newBuilder()
        .setGroupId("partition-0")
        .setServerId(from.toString())
        .setPeerId("127.0.0.1:1")
        .setTerm(1)
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
