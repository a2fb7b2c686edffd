package dev.holdfast.common.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JWSAlgorithm;
import dev.holdfast.common.access.Access;
import dev.holdfast.common.access.AccessBook;
import dev.holdfast.common.access.AccessService;
import dev.holdfast.common.access.AccessWatch;
import dev.holdfast.common.access.AuditTrail;
import dev.holdfast.common.audit.AuditFolder;
import dev.holdfast.common.audit.AuditLine;
import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ByteSize;
import dev.holdfast.common.config.NodeKeys;
import dev.holdfast.common.config.SecurityMode;
import dev.holdfast.common.server.GrpcServer;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.holdfast.proto.cluster.v1.TestAccessRequest;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Calls with bearer tokens over a real server, from the header to the audit stream. */
@Timeout(60)
final class TokenLoginTest {
  private static final TestAccessRequest TEST =
      TestAccessRequest.newBuilder().setPrincipal("user/bob").setMethod("AdjustStock").build();

  @TempDir private Path data;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", 1).build();

  private record NodeSettings(Path dataDir) implements NodeKeys {
    @Override
    public String id() {
      return "node-a";
    }

    @Override
    public Path nativeDir() {
      return dataDir;
    }
  }

  /** The defaults. */
  private record AuditSettings(
      Path dir,
      ByteSize fileBytes,
      Duration fileAge,
      int filesMax,
      ByteSize bytesMax,
      int refusalsPerSecond,
      int actionsPerSecond,
      int queueMax)
      implements AuditKeys {
    AuditSettings() {
      this(
          Path.of("audit"),
          new ByteSize(1 << 20),
          Duration.ofDays(1),
          10,
          new ByteSize(1 << 24),
          10,
          100,
          1_000);
    }
  }

  @BeforeEach
  void start() throws Exception {
    log.start();
    logger().addAppender(log);
    Path keys = Files.writeString(data.resolve("keys.json"), Issuer.jwks(Issuer.RSA));
    Path grants =
        Files.writeString(
            data.resolve("access.yaml"),
            """
            grants:
              "%s|ada":
                - role: admin
            """
                .formatted(Issuer.NAME));
    AccessWatch trail =
        AuditTrail.start(SecurityMode.TLS, new AuditSettings(), new NodeSettings(data), meters);
    Tokens tokens =
        new Tokens(
            Issuer.Keys.of(keys.toString()),
            Issuer.NOW::toEpochMilli,
            System::nanoTime,
            meters,
            read -> trail.read(AccessWatch.Source.TOKEN_KEYS, read, null));
    Access access =
        Access.guarded(
            AccessBook.open(grants, Set.of("node-a")),
            new Access.Proofs("prod", certificate -> false, tokens),
            trail,
            InstantSource.fixed(Issuer.NOW));
    GrpcServer server =
        access
            .guard(GrpcServer.builder("127.0.0.1", 0, "test").measured(meters))
            .service(new AccessService(access, "node-a"))
            .start();
    channel.shutdownNow();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    parts.addAll(List.of(server, tokens, trail));
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.holdfast");
  }

  @AfterEach
  void stop() throws Exception {
    logger().detachAppender(log);
    channel.shutdownNow();
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  private AccessServiceBlockingStub with(String authorization) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
    return AccessServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  private static Status refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus();
  }

  private List<AuditLine> audited() throws Exception {
    stop();
    List<AuditLine> lines = new ArrayList<>();
    AuditFolder.of(data).forEach((line, text) -> lines.add(line));
    return lines.subList(1, lines.size() - 1);
  }

  @Test
  void shouldKnowWhoHoldsAToken() {
    for (int i = 0; i < 2; i++) { // verified, then remembered
      var who = with("Bearer " + Issuer.token()).whoAmI(WhoAmIRequest.getDefaultInstance());

      assertThat(who.getPrincipal()).isEqualTo(Issuer.NAME + "|alice");
      assertThat(who.getGrantsList())
          .extracting(grant -> grant.getRole() + ":" + grant.getStores(0))
          .containsExactly("viewer:*", "operator:berlin-*");
    }
  }

  @Test
  void shouldRefuseABadTokenAndSayWhatIsWrong() {
    String bad =
        Issuer.sign(Issuer.header(JWSAlgorithm.RS256, "rsa-1"), Issuer.claims(), Issuer.OTHER_RSA);

    Status status = refused(() -> with("Bearer " + bad).whoAmI(WhoAmIRequest.getDefaultInstance()));

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains("the signature of the token is wrong");
  }

  @Test
  void shouldGrantByTheAccessFile() {
    String ada = Issuer.token(Issuer.claims().subject("ada").claim("holdfast_roles", List.of()));

    assertThat(with("Bearer " + ada).testAccess(TEST).getAllowed()).isFalse();
    assertThat(refused(() -> with("Bearer " + Issuer.token()).testAccess(TEST)).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void shouldAuditWithoutAnythingOfTheToken() throws Exception {
    String ada = Issuer.token(Issuer.claims().subject("ada").claim("secret", "canary-claim"));
    String good = Issuer.token(Issuer.claims().claim("secret", "canary-claim"));
    var unused = with("Bearer " + ada).testAccess(TEST);
    refused(() -> with("Bearer " + good).testAccess(TEST));
    refused(() -> with("Bearer " + good + "x").whoAmI(WhoAmIRequest.getDefaultInstance()));
    refused(() -> with("Basic canary-claim").whoAmI(WhoAmIRequest.getDefaultInstance()));

    assertThat(audited())
        .extracting(line -> line.kind() + " " + line.principal())
        .containsExactly(
            "token-keys.changed ",
            "admin.action " + Issuer.NAME + "|ada",
            "access.denied " + Issuer.NAME + "|alice",
            "access.unauthenticated ",
            "access.unauthenticated ");
    assertThat(audited().stream().skip(1))
        .allSatisfy(line -> assertThat(line.from()).isEqualTo("127.0.0.1"));
    assertThat(log.list)
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line.getFormattedMessage() + line.getKeyValuePairs())
                    .doesNotContain("canary-claim")
                    .doesNotContain("eyJ"));
    try (Stream<Path> files = Files.list(data.resolve("audit"))) {
      assertThat(files.map(TokenLoginTest::content))
          .allSatisfy(
              text ->
                  assertThat(text)
                      .doesNotContain("canary-claim")
                      .doesNotContain("eyJ")
                      .doesNotContain("holdfast_roles"));
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
