package dev.holdfast.aggregator.attempts;

import static org.awaitility.Awaitility.await;

import dev.holdfast.aggregator.AggregatorServer;
import dev.holdfast.aggregator.config.AggregatorNodeConfig;
import dev.holdfast.aggregator.testing.RealStoreNode;
import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import dev.holdfast.common.config.NodeArguments;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import dev.holdfast.common.tls.TlsFileException;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A store node and an aggregator with TLS, tokens and grants, and the certificates of those who may
 * or may not call them.
 */
final class SecuredSite implements AutoCloseable {
  static final String CLUSTER = "shop";
  private static final Duration LIFE = Duration.ofDays(90);
  private static final long VIEW_SECONDS_MAX = 60;
  private static final String GRANTS =
      """
      grants:
        user/root: [{role: admin}]
        user/vera: [{role: viewer, stores: "*"}]
        user/bea: [{role: viewer, stores: [berlin]}]
        user/oscar: [{role: operator, stores: [berlin]}]
      """;

  /** Something that listens. */
  enum Port {
    NODE("the store node's gRPC", false),
    RAFT("Raft", false),
    NODE_HTTP("the store node's HTTP", true),
    AGGREGATOR("the aggregator's gRPC", false),
    AGGREGATOR_HTTP("the aggregator's HTTP", true);

    private final String text;
    private final boolean http;

    Port(String text, boolean http) {
      this.text = text;
      this.http = http;
    }

    boolean isHttp() {
      return http;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final Path directory;
  private final List<AutoCloseable> closing = new ArrayList<>();
  private final CertificateAuthority authority = CertificateAuthority.create(CLUSTER, LIFE);
  private final Map<BigInteger, Instant> revocations = new HashMap<>();
  private final TokenForge tokens = new TokenForge();
  private final RealStoreNode node;
  private final AggregatorServer aggregator;

  SecuredSite(Path directory) throws Exception {
    this.directory = directory;
    write("ca.pem", authority.self().certificate());
    write("access.yaml", GRANTS);
    write("tokens.json", tokens.keys());
    makeCertificates();
    Map<String, String> settings = new HashMap<>(keys("node-a"));
    settings.put("cluster.partitions", "1");
    settings.put("digest.quiet", "1d"); // else a digest would come between two looks at the log
    node = new RealStoreNode(directory.resolve("data-node-a"), "c1", settings, caller("root"));
    closing.add(node);
    aggregator = startAggregator("aggregator");
    node.create("berlin", "mug", 7);
    node.create("paris", "mug", 100);
    node.create("paris", "cup", 5);
    awaitView(order("paris"));
  }

  private Position order(String store) {
    return node.client()
        .adjustStock(
            AdjustStockRequest.newBuilder()
                .setStore(store)
                .setSku("mug")
                .setDelta(1)
                .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECEIVE)
                .setReference("order-1")
                .build())
        .join()
        .getPosition();
  }

  /** So that the view has what nobody may be shown. */
  private void awaitView(Position last) throws TlsFileException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", aggregator.grpcPort(), caller("root").credentials())
            .build();
    closing.add(channel::shutdownNow);
    GetGlobalStockRequest request =
        GetGlobalStockRequest.newBuilder().setSku("cup").addWaitFor(last).build();
    await()
        .atMost(Duration.ofSeconds(VIEW_SECONDS_MAX))
        .ignoreException(StatusRuntimeException.class) // before it has met the cluster
        .until(
            () ->
                GlobalStockServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(VIEW_SECONDS_MAX, TimeUnit.SECONDS)
                    .getGlobalStock(request)
                    .isInitialized());
  }

  private void makeCertificates() throws IOException {
    for (String user : List.of("root", "vera", "bea", "oscar")) {
      issue(user, user(user), authority);
    }
    issue("service", new CertificateName(CLUSTER, Kind.SERVICE, "shop"), authority);
    issue("node-a", node("node-a"), authority);
    issue("node-z", node("node-z"), authority);
    issue("aggregator", node("aggregator"), authority);
    issue("other cluster", new CertificateName("bazaar", Kind.USER, "root"), authority);
    issue("other cluster's node", CertificateName.node("bazaar", "node-a"), authority);
    CertificateAuthority other = CertificateAuthority.create(CLUSTER, LIFE);
    issue("other authority", user("root"), other);
    issue("other authority's node", node("node-a"), other);
    Instant past = Instant.now().minusSeconds(2);
    for (CertificateName name : List.of(user("root"), node("node-a"))) {
      String suffix = name.kind() == Kind.NODE ? "'s node" : "";
      Issued expired = authority.issue(new Request(name, List.of(), past.minus(LIFE), past));
      write("expired" + suffix, expired);
      Issued revoked = issue("revoked" + suffix, name, authority);
      revocations.put(revoked.signed().getSerialNumber(), past);
    }
    write("crl.pem", authority.revocationList(revocations, Instant.now().plus(LIFE)));
  }

  private static CertificateName user(String id) {
    return new CertificateName(CLUSTER, Kind.USER, id);
  }

  private static CertificateName node(String id) {
    return CertificateName.node(CLUSTER, id);
  }

  private Issued issue(String who, CertificateName name, CertificateAuthority by)
      throws IOException {
    Issued issued = by.issue(Request.lasting(LIFE, name, List.of("127.0.0.1")));
    write(who, issued);
    return issued;
  }

  private void write(String who, Issued issued) throws IOException {
    write(who + ".pem", issued.certificate());
    write(who + ".key", issued.key());
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(directory.resolve(file), content);
  }

  /** The keys of a node that shows a certificate. */
  private Map<String, String> keys(String who) {
    TlsFiles files = files(who);
    return Map.of(
        "security.mode", "tls",
        "security.cluster", CLUSTER,
        "security.certificate", String.valueOf(files.certificate()),
        "security.key", String.valueOf(files.key()),
        "security.authorities", files.authorities().toString(),
        "security.revoked", directory.resolve("crl.pem").toString(),
        "security.access", directory.resolve("access.yaml").toString(),
        "security.tokens.keys", directory.resolve("tokens.json").toString(),
        "security.tokens.issuer", TokenForge.ISSUER);
  }

  /** Starts an aggregator that shows the certificate of somebody. */
  AggregatorServer startAggregator(String who) {
    Map<String, String> all = new HashMap<>();
    all.put("holdfast.node.id", "aggregator");
    all.put("holdfast.node.data-dir", directory.resolve("data of " + who).toString());
    all.put("holdfast.cluster.id", "c1");
    all.put("holdfast.cluster.nodes", "node-a=127.0.0.1:" + node.port() + "/127.0.0.1:1");
    all.put("holdfast.grpc.port", "0");
    all.put("holdfast.http.port", "0");
    keys(who).forEach((key, value) -> all.put("holdfast." + key, value));
    var arguments = new NodeArguments(Optional.empty(), all, false, false);
    AggregatorServer started =
        AggregatorServer.start(AggregatorNodeConfig.loader().load(arguments, Map.of()));
    closing.add(started);
    return started;
  }

  /** Starts a store node that shows the certificate of somebody. */
  void startNode(String who) {
    closing.add(new RealStoreNode(directory.resolve("data of " + who), "c1", keys(who)));
  }

  RealStoreNode node() {
    return node;
  }

  TokenForge tokens() {
    return tokens;
  }

  int port(Port port) {
    return switch (port) {
      case NODE -> node.port();
      case RAFT -> node.raftPort();
      case NODE_HTTP -> node.httpPort();
      case AGGREGATOR -> aggregator.grpcPort();
      case AGGREGATOR_HTTP -> aggregator.httpPort();
    };
  }

  /** The certificate that somebody shows. */
  TlsFiles files(String who) {
    return new TlsFiles(
        directory.resolve(who + ".pem"),
        directory.resolve(who + ".key"),
        directory.resolve("ca.pem"),
        null);
  }

  /** Somebody who shows this certificate; nobody's when it is empty. */
  CallerIdentity caller(String who) throws TlsFileException {
    return who.isEmpty()
        ? CallerIdentity.withoutCertificate(directory.resolve("ca.pem"), null, CLUSTER)
        : CallerIdentity.load(files(who), CLUSTER);
  }

  @Override
  public void close() {
    for (int last = closing.size() - 1; last >= 0; last--) {
      try {
        closing.get(last).close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the site did not stop", e);
      }
    }
  }
}
