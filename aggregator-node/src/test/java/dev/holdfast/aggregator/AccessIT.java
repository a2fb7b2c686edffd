package dev.holdfast.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.RealStoreNode;
import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import dev.holdfast.common.tls.PemFiles;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import dev.holdfast.proto.aggregator.v1.RebuildRequest;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.StartSyncRequest;
import dev.holdfast.proto.aggregator.v1.StopSyncRequest;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceBlockingStub;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An aggregator, and callers who may do different things with it. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessIT {
  private static final String CLUSTER = "shop";
  private static final Duration LIFE = Duration.ofDays(90);
  private static final String GRANTS =
      """
      grants:
        user/root: [{role: admin}]
        user/vera: [{role: viewer, stores: "*"}]
        user/bea: [{role: viewer, stores: [berlin]}]
        user/prom: [{role: scraper}]
      """;

  private final List<AutoCloseable> closing = new ArrayList<>();
  private final CertificateAuthority authority = CertificateAuthority.create(CLUSTER, LIFE);
  private Path directory;
  private AggregatorServer aggregator;
  private Position last;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    Files.writeString(directory.resolve("ca.pem"), authority.self().certificate());
    Files.writeString(directory.resolve("access.yaml"), GRANTS);
    Map<String, String> settings = new HashMap<>(keys("node-a"));
    settings.put("cluster.partitions", "1");
    RealStoreNode node =
        new RealStoreNode(directory.resolve("node-a"), "c1", settings, caller("root"));
    closing.add(node);
    aggregator = startAggregator(node.port());
    node.create("berlin", "mug", 7);
    node.create("paris", "mug", 100);
    last = node.create("paris", "cup", 5);
  }

  @AfterAll
  void stop() throws Exception {
    for (int last = closing.size() - 1; last >= 0; last--) {
      closing.get(last).close();
    }
  }

  private AggregatorServer startAggregator(int storeNode) throws IOException {
    AggregatorServer server =
        AggregatorServer.start(
            AggregatorSettings.of(directory.resolve("aggregator"), storeNode, keys("aggregator")));
    closing.add(server);
    return server;
  }

  private Map<String, String> keys(String node) throws IOException {
    TlsFiles files = issue(node, CertificateName.node(CLUSTER, node));
    return Map.of(
        "security.mode", "tls",
        "security.cluster", CLUSTER,
        "security.certificate", String.valueOf(files.certificate()),
        "security.key", String.valueOf(files.key()),
        "security.authorities", files.authorities().toString(),
        "security.access", directory.resolve("access.yaml").toString());
  }

  private TlsFiles issue(String file, CertificateName name) throws IOException {
    Issued issued = authority.issue(Request.lasting(LIFE, name, List.of("127.0.0.1")));
    Path certificate = Files.writeString(directory.resolve(file + ".pem"), issued.certificate());
    Path key = Files.writeString(directory.resolve(file + ".key"), issued.key());
    return new TlsFiles(certificate, key, directory.resolve("ca.pem"), null);
  }

  private TlsFiles user(String id) throws IOException {
    return issue(id, new CertificateName(CLUSTER, Kind.USER, id));
  }

  private CallerIdentity caller(String user) throws Exception {
    return CallerIdentity.load(user(user), CLUSTER);
  }

  private ManagedChannel as(String user) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", aggregator.grpcPort(), caller(user).credentials())
            .build();
    closing.add(channel::shutdownNow);
    return channel;
  }

  private SyncServiceBlockingStub sync(String user) throws Exception {
    return SyncServiceGrpc.newBlockingStub(as(user)).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private interface Call {
    void run() throws Exception;
  }

  private static void denied(String role, Call call) throws Exception {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      Refusal refusal = Objects.requireNonNull(StatusReader.refusalOf(e), e.toString());
      assertThat(refusal.reason()).isEqualTo(Reason.PERMISSION_DENIED);
      assertThat(refusal.metadata()).containsEntry("role", role);
      return;
    }
    throw new AssertionError("it was allowed");
  }

  private GetGlobalStockResponse mug(String user) throws Exception {
    return GlobalStockServiceGrpc.newBlockingStub(as(user))
        .withDeadlineAfter(40, TimeUnit.SECONDS)
        .getGlobalStock(GetGlobalStockRequest.newBuilder().setSku("mug").addWaitFor(last).build());
  }

  @Test
  void shouldShowEachCallerItsStores() throws Exception {
    assertThat(mug("vera").getStock().getOnHand()).isEqualTo(107);
    assertThat(mug("vera").getPartial()).isFalse();
    assertThat(mug("bea").getStock().getOnHand()).isEqualTo(7);
    assertThat(mug("bea").getPartial()).isTrue();
    denied("viewer", () -> mug("prom"));
    denied(
        "viewer",
        () -> {
          var unused =
              HistoryServiceGrpc.newBlockingStub(as("bea"))
                  .listMovements(
                      ListMovementsRequest.newBuilder().setStore("paris").setSku("mug").build());
        });
  }

  @Test
  void shouldLetAdminsControlTheSync() throws Exception {
    SyncServiceBlockingStub root = sync("root");
    SyncServiceBlockingStub vera = sync("vera");

    denied("admin", () -> vera.stopSync(StopSyncRequest.getDefaultInstance()));
    denied("admin", () -> vera.startSync(StartSyncRequest.getDefaultInstance()));
    denied("admin", () -> vera.rebuild(RebuildRequest.getDefaultInstance()));
    denied(
        "admin",
        () ->
            vera.verify(VerifyRequest.newBuilder().setRepair(true).build())
                .forEachRemaining(proof -> {}));
    denied("viewer", () -> sync("bea").getSyncStatus(GetSyncStatusRequest.getDefaultInstance()));
    assertThat(vera.getSyncStatus(GetSyncStatusRequest.getDefaultInstance()).getRunning()).isTrue();
    mug("vera"); // the cluster was reached
    assertThat(vera.verify(VerifyRequest.getDefaultInstance()).next().getPartition().getEqual())
        .isTrue();
    root.stopSync(StopSyncRequest.getDefaultInstance());
    root.startSync(StartSyncRequest.getDefaultInstance());
  }

  @Test
  void shouldLetAdminsOpenDeadLetters() throws Exception {
    var vera = DeadLetterServiceGrpc.newBlockingStub(as("vera"));

    assertThat(
            vera.listDeadLetters(ListDeadLettersRequest.getDefaultInstance()).getDeadLettersList())
        .isEmpty();
    denied("admin", () -> vera.retryDeadLetter(RetryDeadLetterRequest.getDefaultInstance()));
    denied(
        "viewer",
        () ->
            DeadLetterServiceGrpc.newBlockingStub(as("bea"))
                .listDeadLetters(ListDeadLettersRequest.getDefaultInstance()));
  }

  @Test
  void shouldSayTheSameByHttp() throws Exception {
    mug("vera");

    assertThat(get("vera", "/api/global/mug").body())
        .contains("\"on_hand\":107")
        .doesNotContain("partial");
    assertThat(get("bea", "/api/global/mug").body())
        .contains("\"on_hand\":7", "\"partial\":true")
        .doesNotContain("paris");
    assertThat(get("bea", "/api/global?include_stores=true").body())
        .contains("mug")
        .doesNotContain("cup", "paris");
    assertThat(get("bea", "/api/global/cup").statusCode()).isEqualTo(404);
    HttpResponse<String> foreign = get("bea", "/api/history?store=paris&sku=mug");
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.body()).contains("PERMISSION_DENIED", "\"role\":\"viewer\"");
    assertThat(get("bea", "/api/history?store=berlin&sku=mug").statusCode()).isEqualTo(200);
    assertThat(get("bea", "/api/sync/status").statusCode()).isEqualTo(403);
    assertThat(get("vera", "/api/sync/status").statusCode()).isEqualTo(200);
    assertThat(get(null, "/api/global/mug").statusCode()).isEqualTo(401);
    assertThat(get(null, "/api/health").statusCode()).isEqualTo(200);
    for (String path :
        List.of(
            "/api/health/../global/mug",
            "/api/health;/../global/mug",
            "/api/health/%2e%2e/global/mug",
            "/api/health%2f..%2fglobal/mug",
            "//api/global/mug",
            "/api/./global/mug",
            "/api/global/mug;/api/health",
            "/api/global/mug?/api/health")) {
      assertThat(get(null, path).statusCode()).as(path).isIn(400, 401);
    }
    assertThat(get("vera", "/metrics").statusCode()).isEqualTo(403);
    assertThat(get("prom", "/metrics").statusCode()).isEqualTo(200);
    assertThat(get("root", "/metrics").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(@Nullable String user, String path) throws Exception {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(
        user == null ? null : new KeyManager[] {keyOf(user)},
        InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
        null);
    URI uri = URI.create("https://127.0.0.1:" + aggregator.httpPort() + path);
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private KeyManager keyOf(String user) throws Exception {
    TlsFiles files = user(user);
    var certificates = PemFiles.certificates(files.certificate());
    AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    keys.updateIdentityCredentials(certificates, PemFiles.key(files.key(), certificates[0]));
    return keys;
  }

  @Test
  void shouldTellCallersWhoTheyAre() throws Exception {
    var who =
        AccessServiceGrpc.newBlockingStub(as("bea")).whoAmI(WhoAmIRequest.getDefaultInstance());

    assertThat(who.getPrincipal()).isEqualTo("user/bea");
    assertThat(who.getNodeId()).isEqualTo("aggregator");
  }
}
