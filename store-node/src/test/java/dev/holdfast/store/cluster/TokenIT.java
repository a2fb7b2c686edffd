package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.audit.AuditFolder;
import dev.holdfast.common.audit.AuditLine;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers with tokens and without certificates, on three nodes, and what the audit says of them.
 */
@Timeout(180)
final class TokenIT {
  private static final Duration LIFE = Duration.ofMinutes(10);

  @TempDir private Path directory;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private TestCertificates certificates;
  private TestCluster cluster;
  private TokenIssuer issuer;

  @BeforeEach
  void start() throws IOException {
    certificates = new TestCertificates(Files.createDirectories(directory.resolve("certificates")));
    issuer = new TokenIssuer(directory.resolve("keys.json"));
    cluster = TestCluster.secured(directory, certificates, Map.of());
    cluster.nodes().forEach(node -> issuer.keys().forEach(node::with));
    cluster.start();
    cluster.awaitPreferredLeaders();
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    cluster.close();
  }

  private Channel with(TestNode node, String token) throws Exception {
    ManagedChannel channel = node.channel(certificates.callerWithoutCertificate().credentials());
    channels.add(channel);
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Status.Code whoAmI(Channel channel) {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                AccessServiceGrpc.newBlockingStub(channel)
                    .whoAmI(WhoAmIRequest.getDefaultInstance()));
    return refused == null ? Status.Code.OK : refused.getStatus().getCode();
  }

  private static List<AuditLine> audited(TestNode node) throws IOException {
    List<AuditLine> lines = new ArrayList<>();
    AuditFolder.of(node.dataDir()).forEach((line, text) -> lines.add(line));
    return lines;
  }

  @Test
  void shouldActForItsHolderOnEveryNode() throws Exception {
    String token = issuer.token("ada", LIFE, "operator:" + store(0), "viewer:" + store(0));
    for (TestNode node : cluster.nodes()) { // on two of three it is passed on to the leader
      Caller ada = new Caller(with(node, token));
      ada.create(store(0), node.id, 10);
      ada.adjust(store(0), node.id, -3);
      assertThat(ada.get(store(0), node.id).getOnHand()).isEqualTo(7);

      StatusRuntimeException denied =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> ada.inventory().getStock(stockOf(store(1))));
      assertThat(denied.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    cluster.nodes().forEach(TestNode::stop);
    for (TestNode node : cluster.nodes()) {
      assertThat(AuditFolder.of(node.dataDir()).verify(List.of()).problems()).isEmpty();
      assertThat(audited(node))
          .filteredOn(line -> line.kind().equals("access.denied"))
          .isNotEmpty()
          .allSatisfy(
              line -> {
                assertThat(line.principal()).isEqualTo(TokenIssuer.NAME + "|ada");
                assertThat(line.from()).isEqualTo("127.0.0.1");
                assertThat(line.detail().get("method")).endsWith("/GetStock");
              });
      assertThat(audited(node)).last().extracting(AuditLine::kind).isEqualTo("audit.stopped");
      try (Stream<Path> files = Files.walk(node.dataDir().resolve("audit"))) {
        assertThat(files.filter(Files::isRegularFile).map(TokenIT::content))
            .allSatisfy(text -> assertThat(text).doesNotContain(token));
      }
    }
  }

  private static GetStockRequest stockOf(String store) {
    return GetStockRequest.newBuilder().setStore(store).setSku("tea").build();
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldFollowTheIssuerToAnotherKeyAndAuditWhatWasRefused() throws Exception {
    TestNode node = cluster.node(0);
    Channel old = with(node, issuer.token("ada", LIFE));
    assertThat(whoAmI(old)).isEqualTo(Status.Code.OK);
    assertThat(whoAmI(with(node, issuer.token("ada", Duration.ofHours(-1)))))
        .isEqualTo(Status.Code.UNAUTHENTICATED);

    issuer.useKey("second");
    Channel next = with(node, issuer.token("ada", LIFE));

    await().atMost(Duration.ofSeconds(60)).until(() -> whoAmI(next) == Status.Code.OK);
    assertThat(whoAmI(old)).isEqualTo(Status.Code.UNAUTHENTICATED);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(audited(node))
                    .extracting(line -> line.kind() + " " + line.detail().get("reason"))
                    .contains(
                        "access.unauthenticated the token has expired (exp)",
                        "access.unauthenticated the key (kid) of the token is not among those of"
                            + " its issuer"));
    assertThat(audited(node))
        .filteredOn(line -> line.kind().equals("token-keys.changed"))
        .extracting(line -> line.detail().getOrDefault("read", "").replaceAll(" of .*", ""))
        .containsExactly("the keys first", "the keys second");
  }
}
