package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCertificates.user;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.PemFiles;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that know each other and their callers by certificates. */
@Timeout(180)
final class TlsIT {
  private static final long SEED = 20_261_130;
  private static final int THREADS = 4;
  private static final long STEPS = 150;

  /** So that no election comes of a busy machine. */
  private static final Map<String, String> PATIENT = Map.of("raft.election-timeout", "2s");

  private static final Duration LOOK = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private TestCertificates certificates;
  private TestCluster cluster;

  @BeforeEach
  void start() throws IOException {
    certificates = new TestCertificates(Files.createDirectories(directory.resolve("certificates")));
    cluster = TestCluster.secured(directory, certificates, PATIENT).start();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldDoEverythingOverTls() throws Exception {
    cluster.awaitPreferredLeaders();
    for (TestNode node : cluster.nodes()) { // two of three calls are forwarded
      for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
        node.call().create(store(partition), node.id, 10);
        node.call().adjust(store(partition), node.id, -3);
      }
    }
    for (TestNode node : cluster.nodes()) {
      for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
        assertThat(node.call().get(store(partition), "node-a").getOnHand()).isEqualTo(7);
      }
      assertThat(node.call().nodeStatus().getNodeId()).isEqualTo(node.id);
      assertThat(health(node)).contains("\"security\":\"tls\"");
    }

    transferBetweenPartitions();

    for (TestNode node : cluster.nodes()) {
      try (FeedReader feed = FeedReader.open(node, 1, 1)) {
        await().atMost(LOOK).until(() -> !feed.batches().isEmpty());
        assertThat(feed.error()).isNull();
      }
    }
  }

  /** Each partition hands units over to the other's leader, which is another node. */
  private void transferBetweenPartitions() {
    var transfers = cluster.client().transfers();
    for (int from = 0; from < TestCluster.PARTITIONS; from++) {
      String destination = store((from + 1) % TestCluster.PARTITIONS);
      var shipped =
          transfers
              .ship(
                  ShipTransferRequest.newBuilder()
                      .setStore(store(from))
                      .setDestination(destination)
                      .setTransferId("transfer-" + from)
                      .setIdempotencyKey("ship-" + from)
                      .addLines(TransferUnits.newBuilder().setSku("node-b").setQuantity(2))
                      .build())
              .join();
      var received =
          transfers
              .receive(
                  ReceiveTransferRequest.newBuilder()
                      .setStore(store(from))
                      .setTransferId(shipped.getTransfer().getTransferId())
                      .setIdempotencyKey("receive-" + from)
                      .build())
              .join();
      assertThat(received.getTransfer().getClosed()).isTrue();
    }
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      String there = store(partition);
      patiently()
          .untilAsserted(
              () ->
                  assertThat(cluster.node(0).call().get(there, "node-b").getOnHand()).isEqualTo(7));
    }
  }

  @Test
  void shouldRefuseStrangers() throws Exception {
    TestNode node = cluster.node(1);
    TestCertificates others =
        new TestCertificates(Files.createDirectories(directory.resolve("others")));
    CallerIdentity stranger = strangerTo(certificates, others.issue("a", user("a"), LOOK));
    CallerIdentity expired =
        TestCertificates.caller(certificates.issue("expired", user("a"), LOOK.negated()));
    TlsFiles taken = certificates.issue("revoked", user("a"), LOOK);
    CallerIdentity revoked = TestCertificates.caller(taken);
    certificates.revoke(PemFiles.certificates(taken.certificate())[0]);

    refused(node, stranger.credentials());
    refused(node, expired.credentials());
    refused(node, InsecureChannelCredentials.create());
    await().atMost(LOOK).untilAsserted(() -> refused(node, revoked.credentials()));
    refused(
        node, certificates.callerWithoutCertificate().credentials(), Status.Code.UNAUTHENTICATED);
    answered(node, certificates.caller("user", user("a")));
  }

  /** Whose certificate the nodes' authority did not sign, but who believes the nodes. */
  private static CallerIdentity strangerTo(TestCertificates nodes, TlsFiles own) {
    return TestCertificates.caller(
        new TlsFiles(own.certificate(), own.key(), nodes.files("").authorities(), null));
  }

  private static void refused(TestNode node, ChannelCredentials credentials) {
    refused(node, credentials, Status.Code.UNAVAILABLE);
  }

  private static void refused(TestNode node, ChannelCredentials credentials, Status.Code code) {
    ManagedChannel channel = node.channel(credentials);
    try {
      assertThatThrownBy(() -> topology(channel))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              failure -> assertThat(failure.getStatus().getCode()).isEqualTo(code));
    } finally {
      channel.shutdownNow();
    }
  }

  private static void answered(TestNode node, CallerIdentity caller) {
    ManagedChannel channel = node.channel(caller.credentials());
    try {
      topology(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  private static void topology(ManagedChannel channel) {
    var unused =
        ClusterServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(10, SECONDS)
            .getTopology(GetTopologyRequest.getDefaultInstance());
  }

  @Test
  void shouldLetMembersOnlyOnTheRaftPort() throws Exception {
    assertThat(onRaftPort(by(TestCertificates.node("node-c")))).isEqualTo("let in");

    assertThat(onRaftPort(by(user("node-c")))).isEqualTo("PERMISSION_DENIED");
    assertThat(onRaftPort(by(TestCertificates.node("aggregator")))).isEqualTo("PERMISSION_DENIED");
    assertThat(onRaftPort(certificates.callerWithoutCertificate().credentials()))
        .isEqualTo("UNAVAILABLE");
    assertThat(onRaftPort(InsecureChannelCredentials.create())).isEqualTo("UNAVAILABLE");
  }

  private ChannelCredentials by(CertificateName name) {
    return certificates.caller("on-raft-port", name).credentials();
  }

  private String onRaftPort(ChannelCredentials credentials) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", cluster.node(0).raftPort(), credentials)
            .build();
    CompletableFuture<String> answer = new CompletableFuture<>();
    try {
      channel
          .newCall(EXCHANGE, CallOptions.DEFAULT)
          .start(
              new ClientCall.Listener<>() {
                @Override
                public void onHeaders(Metadata headers) {
                  answer.complete("let in");
                }

                @Override
                public void onClose(Status status, Metadata trailers) {
                  answer.complete(status.getCode().name());
                }
              },
              new Metadata());
      return answer.get(10, SECONDS);
    } finally {
      channel.shutdownNow();
    }
  }

  private static final MethodDescriptor<InputStream, InputStream> EXCHANGE =
      MethodDescriptor.<InputStream, InputStream>newBuilder()
          .setType(MethodType.BIDI_STREAMING)
          .setFullMethodName("holdfast.raft.v1.RaftStreams/Exchange")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private static final class Bytes implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream bytes) {
      return bytes;
    }

    @Override
    public InputStream parse(InputStream bytes) {
      return bytes;
    }
  }

  @Test
  void shouldCutOffARevokedCallerWithinTwoSeconds() throws Exception {
    TlsFiles files = certificates.issue("mallory", user("mallory"), LOOK.multipliedBy(10));
    TestNode node = cluster.node(0);
    node.call().create(store(0), "tea", 1);
    TestNode hers = node.calledBy(TestCertificates.caller(files));
    try (FeedReader cut = FeedReader.open(hers, 0, 1);
        FeedReader kept = FeedReader.open(node, 0, 1)) {
      await().atMost(LOOK).until(() -> !cut.batches().isEmpty() && !kept.batches().isEmpty());

      certificates.revoke(PemFiles.certificates(files.certificate())[0]);

      await().atMost(Duration.ofSeconds(2)).until(() -> cut.error() != null);
      assertThatThrownBy(() -> topology(hers.channel())).isInstanceOf(StatusRuntimeException.class);
      node.call().adjust(store(0), "tea", 1);
      assertThat(kept.error()).isNull();
    } finally {
      hers.close();
    }
  }

  /** Certificates, keys and the authority: nobody notices. */
  @Test
  void shouldRenewEverythingUnderLoad() throws Exception {
    cluster.awaitPreferredLeaders();
    LoadAudit.createItems(cluster.node(0).call()::create);
    List<Long> terms = terms();
    Load load = new Load(cluster.client()).start(THREADS, SEED);
    try (load) {
      awaitSteps(load);
      renewAll();
      awaitSteps(load);

      CertificateAuthority next = certificates.addAuthority();
      CallerIdentity before = certificates.caller("before", user("before"));
      certificates.signBy(next);
      CallerIdentity after = certificates.caller("after", user("after"));
      awaitAnswers(after);
      renewAll();
      awaitSteps(load);
      certificates.believeOnlyTheSigner();
      awaitRefusals(before);
      awaitAnswers(after);
      awaitSteps(load);
    }
    assertThat(terms()).isEqualTo(terms);
    LoadAudit.assertAllAcknowledged(load);
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      LoadAudit.assertLogIsRight(cluster, partition, load);
    }
    restartOneByOne();
  }

  private void renewAll() throws Exception {
    for (TestNode node : cluster.nodes()) {
      certificates.keys(node.id);
    }
    certificates.issue("caller", user("caller"), Duration.ofDays(30));
    for (TestNode node : cluster.nodes()) {
      X509Certificate written = PemFiles.certificates(certificates.files(node.id).certificate())[0];
      await().atMost(LOOK).until(() -> shown(node).equals(written));
    }
  }

  private static Certificate shown(TestNode node) throws Exception {
    SSLSocketFactory sockets = TestCertificates.anyServer().getSocketFactory();
    try (SSLSocket socket = (SSLSocket) sockets.createSocket("127.0.0.1", node.grpcPort())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static String health(TestNode node) throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + node.httpPort() + "/api/health");
    return HttpClient.newBuilder()
        .sslContext(TestCertificates.anyServer())
        .build()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  private void awaitAnswers(CallerIdentity caller) {
    await()
        .atMost(LOOK)
        .ignoreExceptions()
        .until(
            () -> {
              cluster.nodes().forEach(node -> answered(node, caller));
              return true;
            });
  }

  private void awaitRefusals(CallerIdentity caller) {
    await()
        .atMost(LOOK)
        .untilAsserted(() -> cluster.nodes().forEach(node -> refused(node, caller.credentials())));
  }

  private List<Long> terms() {
    return IntStream.range(0, TestCluster.PARTITIONS)
        .mapToObj(partition -> cluster.node(partition).replica(partition).leaderTerm())
        .toList();
  }

  /** What is made anew between nodes is by the new authority alone. */
  private void restartOneByOne() {
    for (TestNode node : cluster.nodes()) {
      node.stop();
      node.start();
      cluster.awaitLeaders();
    }
    cluster.awaitPreferredLeaders();
    cluster.node(0).call().adjust(store(2), "sku-0", 1);
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      cluster.awaitEqualReplicas(partition);
    }
  }

  private static void awaitSteps(Load load) {
    long goal = load.busyDone() + STEPS;
    patiently().until(() -> load.busyDone() >= goal || !load.broken().isEmpty());
  }
}
