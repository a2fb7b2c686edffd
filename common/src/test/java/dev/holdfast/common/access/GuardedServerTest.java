package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.holdfast.common.access.TokenReader.Refused;
import dev.holdfast.common.access.TokenReader.Verified;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.TestAccessRequest;
import dev.holdfast.proto.cluster.v1.TestAccessResponse;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import dev.holdfast.proto.cluster.v1.WhoAmIResponse;
import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

final class GuardedServerTest {
  private static final String GRANTS =
      """
      grants:
        user/alice:
          - role: operator
            stores: [oslo]
        user/vera:
          - role: viewer
            stores: "*"
        user/root:
          - role: admin
        service/till:
          - role: viewer
            stores: [oslo]
      """;

  private static final String ALLOWED = "allowed";

  @TempDir private Path directory;
  private GuardedServer server;

  @BeforeEach
  void setUp() throws Exception {
    server = new GuardedServer(directory, GRANTS);
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  private static AdjustStockRequest change(String store) {
    return AdjustStockRequest.newBuilder().setStore(store).setSku("tea").build();
  }

  /** What comes of a change: allowed, or the reason and the words of its refusal. */
  private static String adjust(Channel channel, String store) {
    return outcome(channel, InventoryServiceGrpc.getAdjustStockMethod(), change(store));
  }

  private static <Q> String outcome(Channel channel, MethodDescriptor<Q, ?> method, Q request) {
    try {
      ClientCalls.blockingUnaryCall(
          channel, method, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS), request);
      return ALLOWED;
    } catch (StatusRuntimeException e) {
      return text(e);
    }
  }

  private static String text(Throwable failure) {
    Refusal refusal = StatusReader.refusalOf(failure);
    return refusal == null ? failure.toString() : refusal.reason() + ": " + refusal.message();
  }

  @Test
  void shouldRefuseWhoDoesNotSayWhoItIs() {
    Channel nobody = server.connect(null);

    assertThat(adjust(nobody, "oslo"))
        .isEqualTo(
            "UNAUTHENTICATED: sign in: no certificate was shown, and no bearer token was sent");
    assertThat(adjust(server.connect(GuardedServer.nameless()), "oslo"))
        .startsWith("UNAUTHENTICATED: the certificate has no name");
    X509Certificate other = GuardedServer.certificateOf("spiffe://test/user/root");
    assertThat(adjust(server.connect(other), "oslo"))
        .isEqualTo("UNAUTHENTICATED: the certificate is of the cluster test, not of prod");
    assertThat(server.handled).isEmpty();
  }

  @Test
  void shouldLetCallersDoWhatTheyAreGranted() {
    Channel alice = server.as("user/alice");

    assertThat(adjust(alice, "oslo")).isEqualTo(ALLOWED);
    assertThat(adjust(alice, "berlin"))
        .isEqualTo("PERMISSION_DENIED: user/alice needs the role operator for store 'berlin'");
    assertThat(adjust(server.as("user/vera"), "oslo"))
        .isEqualTo("PERMISSION_DENIED: user/vera needs the role operator for a store at least");
    assertThat(adjust(server.as("user/stranger"), "oslo"))
        .startsWith("PERMISSION_DENIED: user/stranger needs the role operator");
    assertThat(adjust(server.as("user/root"), "berlin")).isEqualTo(ALLOWED);
    assertThat(server.handled).containsExactly("user/alice oslo", "user/root berlin");
  }

  @Test
  void shouldTellWhatIsMissingAsDataToo() {
    try {
      InventoryServiceGrpc.newBlockingStub(server.as("user/alice")).adjustStock(change("berlin"));
      throw new AssertionError("allowed");
    } catch (StatusRuntimeException e) {
      assertThat(Objects.requireNonNull(StatusReader.refusalOf(e)).metadata())
          .containsOnly(
              java.util.Map.entry("role", "operator"), java.util.Map.entry("store", "berlin"));
      assertThat(Objects.requireNonNull(e.getTrailers()).keys()).contains("x-request-id");
    }
  }

  /** First who it is, then what it may do, then what the request says. */
  @Test
  void shouldCheckRightsBeforeFields() {
    AdjustStockRequest malformed = AdjustStockRequest.newBuilder().setStore("berlin").build();
    AdjustStockRequest own = AdjustStockRequest.newBuilder().setStore("oslo").build();
    var method = InventoryServiceGrpc.getAdjustStockMethod();

    assertThat(outcome(server.connect(null), method, malformed)).startsWith("UNAUTHENTICATED");
    assertThat(outcome(server.as("user/alice"), method, malformed)).startsWith("PERMISSION_DENIED");
    assertThat(outcome(server.as("user/alice"), method, own)).startsWith("VALIDATION");
  }

  /** Bytes that are no request say nothing of stores. */
  @Test
  void shouldCheckRightsBeforeBytesAreParsed() {
    var method = InventoryServiceGrpc.getAdjustStockMethod();
    var garbage = method.toBuilder(new Bytes(), method.getResponseMarshaller()).build();
    byte[] bytes = {1, 2, 3};

    assertThat(outcome(server.connect(null), garbage, bytes)).startsWith("UNAUTHENTICATED");
    assertThat(outcome(server.as("user/vera"), garbage, bytes)).startsWith("PERMISSION_DENIED");
    assertThat(outcome(server.as("user/alice"), garbage, bytes)).startsWith("VALIDATION");
  }

  private record Bytes() implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void shouldRefuseAMethodWithoutARowToEverybody() {
    WatchRequest request = WatchRequest.getDefaultInstance();

    assertThat(outcome(server.as("user/root"), GuardedServer.WITHOUT_ROW, request))
        .isEqualTo("PERMISSION_DENIED: nobody may call it");
    assertThat(outcome(server.as("node/node-a"), GuardedServer.WITHOUT_ROW, request))
        .startsWith("PERMISSION_DENIED");
    assertThat(server.handled).isEmpty();
  }

  @Test
  void shouldTellItsHealthToAll() {
    var health = HealthGrpc.newBlockingStub(server.connect(null));

    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void shouldTellItsServicesToWhoIsKnown() {
    assertThat(services(server.connect(null))).startsWith("UNAUTHENTICATED");
    assertThat(services(server.as("user/stranger"))).contains("holdfast");
  }

  private static String services(Channel channel) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> asking =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response.toString());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.complete(text(failure));
                  }

                  @Override
                  public void onCompleted() {}
                });
    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    return answer.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void shouldBelieveHeadersOfCallsThatArePassedOnOfStoreNodesOnly() {
    String[] headers = {"x-holdfast-forwarded", "node-b", "x-holdfast-principal", "user/root"};

    for (String name : List.of("user/root", "user/alice", "service/till", "node/aggregator-1")) {
      assertThat(adjust(GuardedServer.with(server.as(name), headers), "oslo"))
          .isEqualTo(
              "PERMISSION_DENIED: %s sends headers of a call that is passed on, which needs the role peer"
                  .formatted(name));
    }
    assertThat(adjust(GuardedServer.with(server.connect(null), headers), "oslo"))
        .startsWith("UNAUTHENTICATED");
    Channel forwarded = GuardedServer.with(server.as("user/root"), "x-holdfast-forwarded", "x");
    assertThat(adjust(forwarded, "oslo")).startsWith("PERMISSION_DENIED");
    Channel named =
        GuardedServer.with(server.as("user/root"), "x-holdfast-principal", "user/alice");
    assertThat(adjust(named, "oslo")).startsWith("PERMISSION_DENIED");
    Channel granted = GuardedServer.with(server.as("user/root"), "x-holdfast-grants", "admin:*");
    assertThat(adjust(granted, "oslo")).startsWith("PERMISSION_DENIED");
    assertThat(server.handled).isEmpty();
    assertThat(server.refused)
        .extracting(call -> String.valueOf(call.principal()))
        .containsExactly(
            "user/root",
            "user/alice",
            "service/till",
            "node/aggregator-1",
            "null",
            "user/root",
            "user/root",
            "user/root");

    assertThat(adjust(GuardedServer.with(server.as("node/node-b"), headers), "oslo"))
        .isEqualTo(ALLOWED);
    assertThat(server.handled).containsExactly("user/root oslo");
  }

  @Test
  void shouldCheckTheRightsOfWhoseCallIsPassedOn() {
    Channel peer = server.as("node/node-b");

    assertThat(adjust(passedOn(peer, "user/alice"), "berlin"))
        .isEqualTo("PERMISSION_DENIED: user/alice needs the role operator for store 'berlin'");
    assertThat(adjust(passedOn(peer, "user/alice"), "oslo")).isEqualTo(ALLOWED);
    assertThat(adjust(passedOn(peer, "node/node-a"), "oslo")).startsWith("UNAUTHENTICATED");
    assertThat(adjust(passedOn(peer, "anonymous"), "oslo")).startsWith("UNAUTHENTICATED");
    assertThat(adjust(peer, "oslo"))
        .startsWith("PERMISSION_DENIED: node/node-b needs the role operator");
    Channel claiming =
        GuardedServer.with(
            peer, "x-holdfast-principal", "issuer|8f3a", "x-holdfast-grants", "operator:berlin");
    assertThat(adjust(claiming, "berlin")).isEqualTo(ALLOWED);
    assertThat(adjust(claiming, "oslo")).startsWith("PERMISSION_DENIED");
    assertThat(server.handled).containsExactly("user/alice oslo", "issuer|8f3a berlin");
  }

  private static Channel passedOn(Channel peer, String principal) {
    return GuardedServer.with(peer, "x-holdfast-principal", principal);
  }

  private static Channel bearing(Channel channel, String token) {
    return GuardedServer.with(channel, "authorization", "Bearer " + token);
  }

  private static Verified verified(String... claims) {
    return new Verified(
        Principal.parse("issuer|8f3a").orElseThrow(),
        List.of(claims).stream().map(Grant::parse).toList(),
        Instant.ofEpochSecond(100));
  }

  @Test
  void shouldTakeTokens() {
    server.tokens.put("good", verified("operator:berlin"));
    server.tokens.put("bad", new Refused("the token has another audience", false));
    server.tokens.put("busy", new Refused("too many tokens wait", true));
    Channel nobody = server.connect(null);

    assertThat(adjust(bearing(nobody, "good"), "berlin")).isEqualTo(ALLOWED);
    assertThat(adjust(bearing(nobody, "good"), "oslo"))
        .isEqualTo("PERMISSION_DENIED: issuer|8f3a needs the role operator for store 'oslo'");
    assertThat(adjust(bearing(nobody, "bad"), "berlin"))
        .isEqualTo("UNAUTHENTICATED: the token has another audience");
    assertThat(adjust(bearing(nobody, "busy"), "berlin"))
        .isEqualTo("OVERLOADED: not tried: too many tokens wait");
    assertThat(adjust(GuardedServer.with(nobody, "authorization", "Basic x"), "berlin"))
        .isEqualTo("UNAUTHENTICATED: the header authorization must be: Bearer TOKEN");
    assertThat(server.handled).containsExactly("issuer|8f3a berlin");
  }

  /** A gateway does not lend its own rights to whom it carries the token of. */
  @Test
  void shouldBelieveATokenBeforeTheCertificateOfWhoCarriesIt() {
    server.tokens.put("good", verified("viewer:*"));
    server.tokens.put("bad", new Refused("the token has expired", false));

    assertThat(adjust(bearing(server.as("user/root"), "good"), "oslo"))
        .startsWith("PERMISSION_DENIED: issuer|8f3a needs");
    assertThat(adjust(bearing(server.as("user/root"), "bad"), "oslo"))
        .isEqualTo("UNAUTHENTICATED: the token has expired");
  }

  @Test
  void shouldBeginACallWhenItsTokenHasBeenVerifiedElsewhere() throws Exception {
    Channel nobody = server.connect(null);
    CompletableFuture<String> outcome =
        CompletableFuture.supplyAsync(() -> adjust(bearing(nobody, "slow"), "berlin"));
    await().until(() -> server.waiting.containsKey("slow"));
    assertThat(server.handled).isEmpty();

    Objects.requireNonNull(server.waiting.get("slow")).accept(verified("operator:berlin"));

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(ALLOWED);
    assertThat(server.handled).containsExactly("issuer|8f3a berlin");
  }

  @Test
  void shouldRefuseACallWhenItsTokenTurnsOutBad() throws Exception {
    Channel nobody = server.connect(null);
    CompletableFuture<String> outcome =
        CompletableFuture.supplyAsync(() -> adjust(bearing(nobody, "slow"), "berlin"));
    await().until(() -> server.waiting.containsKey("slow"));

    Objects.requireNonNull(server.waiting.get("slow")).accept(new Refused("no such key", false));

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo("UNAUTHENTICATED: no such key");
    assertThat(server.handled).isEmpty();
  }

  /** The caller gave up before its token was read: nothing happens, and nothing is left behind. */
  @Test
  void shouldNotHandleACallThatWasGivenUp() throws Exception {
    Channel nobody = bearing(server.connect(null), "slow");
    var call =
        ClientCalls.futureUnaryCall(
            nobody.newCall(InventoryServiceGrpc.getAdjustStockMethod(), CallOptions.DEFAULT),
            change("berlin"));
    await().until(() -> server.waiting.containsKey("slow"));
    call.cancel(true);

    Objects.requireNonNull(server.waiting.get("slow")).accept(verified("operator:berlin"));

    assertThat(adjust(server.as("user/alice"), "oslo")).isEqualTo(ALLOWED);
    assertThat(server.handled).containsExactly("user/alice oslo");
  }

  @Test
  void shouldRefuseARevokedCertificateOnAnOpenConnection() {
    X509Certificate certificate = GuardedServer.certificate("user/alice");
    Channel alice = server.connect(certificate);
    assertThat(adjust(alice, "oslo")).isEqualTo(ALLOWED);

    server.revoked.add(certificate);

    assertThat(adjust(alice, "oslo")).isEqualTo("UNAUTHENTICATED: the certificate was revoked");
  }

  @Test
  void shouldFollowTheFileWithoutARestart() throws Exception {
    Channel alice = server.as("user/alice");
    assertThat(adjust(alice, "oslo")).isEqualTo(ALLOWED);

    Files.writeString(server.file, "grants: {user/bob: [{role: admin}]}");
    server.access.refresh();

    assertThat(adjust(alice, "oslo")).startsWith("PERMISSION_DENIED");
    assertThat(adjust(server.as("user/bob"), "oslo")).isEqualTo(ALLOWED);
    assertThat(server.access.status("tls")).isEqualTo("tls");

    Files.writeString(server.file, "grants: [");
    server.access.refresh();

    assertThat(adjust(server.as("user/bob"), "oslo")).isEqualTo(ALLOWED);
    assertThat(server.access.status("tls"))
        .startsWith("tls; keeps the grants as read before: ")
        .contains("not YAML");
  }

  @Test
  void shouldEndAStreamWhoseCallerLosesTheRight() throws Exception {
    Watching watching = watch(server.as("user/vera"));
    Watching other = watch(server.as("user/root"));

    Files.writeString(server.file, "grants: {user/root: [{role: admin}]}");
    server.access.refresh();

    assertThat(watching.end.get(10, TimeUnit.SECONDS))
        .isEqualTo("PERMISSION_DENIED: user/vera needs the role viewer for a store at least");
    assertThat(server.watchEnded.get(10, TimeUnit.SECONDS)).isEqualTo("closed");
    assertThat(server.watchers.get(0).isCancelled()).isTrue();
    server.watchers.get(0).onNext(WatchMessage.getDefaultInstance()); // does no harm
    assertThat(other.end).isNotDone();
    server.watchers.get(1).onNext(WatchMessage.getDefaultInstance());
    await().until(() -> other.messages.size() == 1);
    assertThat(watching.messages).isEmpty();
  }

  @Test
  void shouldEndAStreamWhoseCertificateIsRevokedOrTokenExpires() throws Exception {
    X509Certificate certificate = GuardedServer.certificate("user/vera");
    Watching byCertificate = watch(server.connect(certificate));
    server.tokens.put("good", verified("viewer:*"));
    Watching byToken = watch(bearing(server.connect(null), "good"));

    server.access.refresh();
    assertThat(byCertificate.end).isNotDone();
    assertThat(byToken.end).isNotDone();

    server.revoked.add(certificate);
    server.now.set(Instant.ofEpochSecond(101));
    server.access.refresh();

    assertThat(byCertificate.end.get(10, TimeUnit.SECONDS))
        .isEqualTo("UNAUTHENTICATED: the certificate was revoked");
    assertThat(byToken.end.get(10, TimeUnit.SECONDS))
        .isEqualTo("UNAUTHENTICATED: the token has expired");
  }

  private record Watching(CompletableFuture<String> end, List<WatchMessage> messages)
      implements StreamObserver<WatchMessage> {
    @Override
    public void onNext(WatchMessage message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(text(failure));
    }

    @Override
    public void onCompleted() {
      end.complete("completed");
    }
  }

  private Watching watch(Channel channel) {
    int before = server.watchers.size();
    Watching watching = new Watching(new CompletableFuture<>(), new CopyOnWriteArrayList<>());
    WatchServiceGrpc.newStub(channel).watch(WatchRequest.getDefaultInstance(), watching);
    await().until(() -> server.watchers.size() > before);
    return watching;
  }

  @Test
  void shouldTellOfRefusedCalls() {
    adjust(server.connect(null), "oslo");
    adjust(server.as("user/vera"), "oslo");
    adjust(server.as("user/alice"), "berlin");

    String method = "holdfast.inventory.v1.InventoryService/AdjustStock";
    assertThat(server.refused)
        .extracting(
            call -> String.valueOf(call.principal()),
            AccessWatch.RefusedCall::address,
            AccessWatch.RefusedCall::method,
            call -> call.refusal().reason())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "null", "127.0.0.1", method, Reason.UNAUTHENTICATED),
            org.assertj.core.groups.Tuple.tuple(
                "user/vera", "127.0.0.1", method, Reason.PERMISSION_DENIED),
            org.assertj.core.groups.Tuple.tuple(
                "user/alice", "127.0.0.1", method, Reason.PERMISSION_DENIED));
    assertThat(server.refused).allMatch(call -> !call.requestId().isEmpty());
  }

  @Test
  void shouldNameTheCallerInTheLogLineOfARefusedCall() {
    Logger refusals = (Logger) LoggerFactory.getLogger("dev.holdfast.common.server.RefusedCallLog");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    refusals.addAppender(logged);
    try {
      adjust(server.as("user/alice"), "berlin");
    } finally {
      refusals.detachAppender(logged);
    }

    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getKeyValuePairs())
        .contains(new KeyValuePair("principal", "user/alice"));
  }

  @Test
  void shouldTellCallersWhoTheyAre() {
    WhoAmIResponse alice = whoAmI(server.as("user/alice"));
    server.tokens.put("good", verified("viewer:berlin-*"));
    WhoAmIResponse bearer = whoAmI(bearing(server.connect(null), "good"));

    assertThat(alice.getPrincipal()).isEqualTo("user/alice");
    assertThat(alice.getSecurityMode()).isEqualTo("tls");
    assertThat(alice.getNodeId()).isEqualTo("node-a");
    assertThat(alice.getGrantsList()).hasSize(1);
    assertThat(alice.getGrants(0).getRole()).isEqualTo("operator");
    assertThat(alice.getGrants(0).getStoresList()).containsExactly("oslo");
    assertThat(bearer.getPrincipal()).isEqualTo("issuer|8f3a");
    assertThat(bearer.getGrants(0).getStoresList()).containsExactly("berlin-*");
  }

  private static WhoAmIResponse whoAmI(Channel channel) {
    return AccessServiceGrpc.newBlockingStub(channel).whoAmI(WhoAmIRequest.getDefaultInstance());
  }

  @Test
  void shouldTellAdminsWhoMayDoWhat() {
    var asAdmin = AccessServiceGrpc.newBlockingStub(server.as("user/root"));

    TestAccessResponse denied = asAdmin.testAccess(asked("user/alice", "AdjustStock", "berlin"));
    assertThat(denied.getAllowed()).isFalse();
    assertThat(denied.getRole()).isEqualTo("operator");
    assertThat(denied.getMethod()).isEqualTo("holdfast.inventory.v1.InventoryService/AdjustStock");
    assertThat(denied.getRefusal())
        .isEqualTo("user/alice needs the role operator for store 'berlin'");
    assertThat(denied.getGrantsList()).hasSize(1);
    assertThat(asAdmin.testAccess(asked("user/alice", "AdjustStock", "oslo")).getAllowed())
        .isTrue();
    assertThat(asAdmin.testAccess(asked("node/node-b", "MembershipService/Join", "")).getAllowed())
        .isTrue();

    var testing = AccessServiceGrpc.getTestAccessMethod();
    Channel root = server.as("user/root");
    assertThat(outcome(root, testing, asked("user/alice", "Drop", "")))
        .isEqualTo("NOT_FOUND: there is no method 'Drop'");
    assertThat(outcome(root, testing, asked("user/alice", "Watch", "")))
        .startsWith("VALIDATION: method: must name one of");
    assertThat(outcome(root, testing, asked("alice", "AdjustStock", "")))
        .startsWith("VALIDATION: principal: must be user/ID");
    assertThat(outcome(server.as("user/vera"), testing, asked("user/alice", "AdjustStock", "")))
        .startsWith("PERMISSION_DENIED: user/vera needs the role admin for all stores");
  }

  private static TestAccessRequest asked(String principal, String method, String store) {
    return TestAccessRequest.newBuilder()
        .setPrincipal(principal)
        .setMethod(method)
        .setStore(store)
        .build();
  }
}
