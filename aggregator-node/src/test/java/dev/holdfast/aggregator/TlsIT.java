package dev.holdfast.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.RealStoreNode;
import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.certs.CertificateAuthority.Issued;
import dev.holdfast.common.certs.CertificateAuthority.Request;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc.GlobalStockServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An aggregator and a store node that know each other by certificates. */
@Timeout(120)
final class TlsIT {
  private static final String CLUSTER = "shop";
  private static final Duration LIFE = Duration.ofDays(90);

  @TempDir private Path directory;
  private final List<AutoCloseable> closing = new ArrayList<>();
  private final CertificateAuthority authority = CertificateAuthority.create(CLUSTER, LIFE);
  private CallerIdentity admin;
  private RealStoreNode node;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(directory.resolve("ca.pem"), authority.self().certificate());
    TlsFiles files = issue("admin", new CertificateName(CLUSTER, Kind.USER, "admin"), authority);
    admin = CallerIdentity.load(files, CLUSTER);
    Map<String, String> settings =
        new HashMap<>(keys("node-a", CertificateName.node(CLUSTER, "node-a"), authority));
    settings.put("cluster.partitions", "1");
    node = new RealStoreNode(directory.resolve("node-a"), "c1", settings, admin);
    closing.add(node);
  }

  @AfterEach
  void stop() throws Exception {
    for (int last = closing.size() - 1; last >= 0; last--) {
      closing.get(last).close();
    }
  }

  @Test
  void shouldFollowAndProveOverTls() throws Exception {
    AggregatorServer aggregator =
        startAggregator(keys("aggregator", CertificateName.node(CLUSTER, "aggregator"), authority));
    Position created = node.create("berlin", "mug", 7);
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> health(aggregator).contains("\"ready\":true"));

    ManagedChannel channel = channel(aggregator, admin.credentials());
    assertThat(onHand(channel, created)).isEqualTo(7);
    List<VerifyResponse> proofs = new ArrayList<>();
    SyncServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .verify(VerifyRequest.getDefaultInstance())
        .forEachRemaining(proofs::add);
    assertThat(proofs.get(0).getPartition().getEqual()).isTrue();
    assertThat(health(aggregator)).contains("\"security\":\"tls\"");
    ManagedChannel plaintext = channel(aggregator, InsecureChannelCredentials.create());
    assertThatThrownBy(() -> onHand(plaintext, created))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure ->
                assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  /** Its own authority signed it, which the store nodes do not believe. */
  @Test
  void shouldGetNothingFromNodesThatDoNotBelieveIt() throws Exception {
    CertificateAuthority other = CertificateAuthority.create(CLUSTER, LIFE);
    Files.writeString(
        directory.resolve("both.pem"), other.self().certificate() + authority.self().certificate());
    Map<String, String> keys =
        new HashMap<>(keys("aggregator", CertificateName.node(CLUSTER, "aggregator"), other));
    keys.put("security.authorities", directory.resolve("both.pem").toString());
    node.create("berlin", "mug", 7);

    AggregatorServer aggregator = startAggregator(keys);

    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .until(() -> health(aggregator).contains("\"cluster\":\"not reached so far\""));
  }

  private static long onHand(ManagedChannel aggregator, Position at) {
    GlobalStockServiceBlockingStub stocks =
        GlobalStockServiceGrpc.newBlockingStub(aggregator).withDeadlineAfter(40, TimeUnit.SECONDS);
    var request = GetGlobalStockRequest.newBuilder().setSku("mug").addWaitFor(at).build();
    return stocks.getGlobalStock(request).getStock().getOnHand();
  }

  private static String health(AggregatorServer aggregator) throws Exception {
    SSLContext any = SSLContext.getInstance("TLSv1.3");
    any.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    URI uri = URI.create("https://127.0.0.1:" + aggregator.httpPort() + "/api/health");
    return HttpClient.newBuilder()
        .sslContext(any)
        .build()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  private AggregatorServer startAggregator(Map<String, String> keys) {
    AggregatorServer server =
        AggregatorServer.start(
            AggregatorSettings.of(directory.resolve("aggregator"), node.port(), keys));
    closing.add(server);
    return server;
  }

  private ManagedChannel channel(AggregatorServer server, ChannelCredentials credentials) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort(), credentials).build();
    closing.add(channel::shutdownNow);
    return channel;
  }

  private Map<String, String> keys(String file, CertificateName name, CertificateAuthority by)
      throws IOException {
    TlsFiles files = issue(file, name, by);
    return Map.of(
        "security.mode", "tls",
        "security.cluster", CLUSTER,
        "security.certificate", files.certificate().toString(),
        "security.key", files.key().toString(),
        "security.authorities", files.authorities().toString());
  }

  private TlsFiles issue(String file, CertificateName name, CertificateAuthority by)
      throws IOException {
    Issued issued = by.issue(Request.lasting(LIFE, name, List.of("127.0.0.1")));
    Path certificate = Files.writeString(directory.resolve(file + ".pem"), issued.certificate());
    Path key = Files.writeString(directory.resolve(file + ".key"), issued.key());
    return new TlsFiles(certificate, key, directory.resolve("ca.pem"), null);
  }
}
