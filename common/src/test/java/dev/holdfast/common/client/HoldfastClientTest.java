package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.cluster.v1.Node;
import dev.holdfast.proto.cluster.v1.PartitionLeader;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
final class HoldfastClientTest {
  private static final Duration BRIEF = Duration.ofMillis(400);
  private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(2);

  private final ScriptedNode nodeA = ScriptedNode.start();
  private final ScriptedNode nodeB = ScriptedNode.start();
  private final HoldfastClient client = HoldfastClient.connect(List.of(nodeA.address()));

  @AfterEach
  void close() {
    client.close();
    nodeA.close();
    nodeB.close();
  }

  @Test
  void shouldSendMutationToLeaderOfTheStoresPartition() {
    leadAllFrom("b");

    client.topology().join();
    client.adjustStock(adjust("k1")).join();

    assertThat(nodeB.adjusts).hasSize(1);
    assertThat(nodeA.adjusts).isEmpty();
  }

  @Test
  void shouldFollowLeaderThatMoved() {
    leadAllFrom("a");
    client.topology().join();
    leadAllFrom("b");
    nodeA.onAdjust(
        (request, out) -> out.onError(Statuses.exception(Statuses.of(Reason.NO_LEADER, "moved"))));

    client.adjustStock(adjust("k1")).join();

    await().untilAsserted(() -> assertLeaderIs(nodeB));
  }

  @Test
  void shouldRetryUnknownOutcomeWithTheSameGeneratedKey() {
    AtomicInteger calls = new AtomicInteger();
    nodeA.onAdjust(
        (request, out) -> {
          if (calls.incrementAndGet() == 1) {
            out.onError(Statuses.exception(Statuses.of(Reason.OUTCOME_UNKNOWN, "leader lost")));
          } else {
            ScriptedNode.answer(out, AdjustStockResponse.getDefaultInstance());
          }
        });

    client.adjustStock(adjust("")).join();

    assertThat(nodeA.adjusts).hasSize(2);
    assertThat(nodeA.adjusts.get(0).getIdempotencyKey()).matches("c-[0-9a-f]{24}-[0-9a-f]{10}");
    assertThat(nodeA.adjusts.get(1)).isEqualTo(nodeA.adjusts.get(0));
  }

  @Test
  void shouldKeepTheCallersKey() {
    client.adjustStock(adjust("mine")).join();

    assertThat(nodeA.adjusts.get(0).getIdempotencyKey()).isEqualTo("mine");
  }

  @Test
  void shouldNotRetryRejection() {
    Map<String, String> facts = Map.of("requested", "5", "available", "3");
    nodeA.onAdjust(
        (request, out) ->
            out.onError(
                Statuses.exception(new Refusal(Reason.INSUFFICIENT_STOCK, "too few", facts))));

    HoldfastException failure = failureOf(client, adjust("k1"));

    assertThat(failure).isInstanceOf(RejectedException.class).hasMessage("too few");
    assertThat(failure.reason()).isEqualTo(Reason.INSUFFICIENT_STOCK);
    assertThat(failure.metadata()).isEqualTo(facts);
    assertThat(nodeA.adjusts).hasSize(1);
  }

  /** As when an answer is too large for the caller: the call was made all the same. */
  @Test
  void shouldAskAgainWithTheSameKeyWhenSomethingIsExhaustedWithoutAReason() {
    AtomicInteger calls = new AtomicInteger();
    nodeA.onAdjust(
        (request, out) -> {
          if (calls.incrementAndGet() == 1) {
            out.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
          } else {
            ScriptedNode.answer(out, AdjustStockResponse.getDefaultInstance());
          }
        });

    client.adjustStock(adjust("k1")).join();

    assertThat(nodeA.adjusts).hasSize(2).containsOnly(nodeA.adjusts.get(0));
  }

  @Test
  void shouldComeBackNoEarlierThanItIsTold() {
    Duration wanted = Duration.ofSeconds(1); // longer than a busy machine takes anyway
    Refusal busy = new Refusal(Reason.OVERLOADED, "busy");
    List<Long> asked = new CopyOnWriteArrayList<>();
    nodeA.onAdjust(
        (request, out) -> {
          asked.add(System.nanoTime());
          if (asked.size() == 1) {
            out.onError(Statuses.exception(Statuses.of(busy, Status.Code.UNAVAILABLE, wanted)));
          } else {
            ScriptedNode.answer(out, AdjustStockResponse.getDefaultInstance());
          }
        });

    client.adjustStock(adjust("k1")).join();

    assertThat(asked.get(1) - asked.get(0)).isGreaterThanOrEqualTo(wanted.toNanos());
  }

  /** The second node's no is about the second try; the first may have happened. */
  @Test
  void shouldStayUnknownWhenALaterTryIsRefusedWithoutAReason() {
    AtomicInteger calls = new AtomicInteger();
    nodeA.onAdjust(
        (request, out) ->
            out.onError(
                (calls.incrementAndGet() == 1 ? Status.UNAVAILABLE : Status.PERMISSION_DENIED)
                    .asRuntimeException()));

    HoldfastException failure = failureOf(client, adjust("k1"));

    assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
    assertThat(failure.metadata()).containsEntry("idempotency_key", "k1");
  }

  /** Rights are checked before a node looks for what became of the first try. */
  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"UNAUTHENTICATED", "PERMISSION_DENIED"})
  void shouldStayUnknownWhenTheCallerIsRefusedLater(Reason reason) {
    AtomicInteger calls = new AtomicInteger();
    nodeA.onAdjust(
        (request, out) ->
            out.onError(
                calls.incrementAndGet() == 1
                    ? Status.UNAVAILABLE.asRuntimeException()
                    : Statuses.exception(Statuses.of(reason, "no"))));

    assertThat(failureOf(client, adjust("k1"))).isInstanceOf(OutcomeUnknownException.class);
    assertThat(failureOf(client, adjust("k2"))).isInstanceOf(RejectedException.class);
  }

  @Test
  void shouldNotSendWhatNoNodeTakes() {
    AdjustStockRequest large =
        adjust("k1").toBuilder().setReference("x".repeat((4 << 20) + 1)).build();

    HoldfastException failure = failureOf(client, large);

    assertThat(failure).isInstanceOf(InvalidRequestException.class);
    assertThat(failure).hasMessageContaining("request: must be 4194304 bytes at most, was 41943");
    assertThat(nodeA.adjusts).isEmpty();
  }

  @Test
  void shouldNameMalformedFields() {
    FieldViolation violation = new FieldViolation("delta", "must not be 0");
    nodeA.onAdjust(
        (request, out) -> out.onError(Statuses.exception(Statuses.invalid(List.of(violation)))));

    HoldfastException failure = failureOf(client, adjust("k1"));

    assertThat(failure).isInstanceOf(InvalidRequestException.class);
    assertThat(failure.violations()).containsExactly(violation);
  }

  /** A connection that breaks at certain moments is UNKNOWN or INTERNAL in gRPC's words. */
  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNKNOWN", "INTERNAL"})
  void shouldAskAgainWithTheSameKeyWhenTheTransportFails(Status.Code code) {
    AtomicInteger calls = new AtomicInteger();
    nodeA.onAdjust(
        (request, out) -> {
          if (calls.incrementAndGet() == 1) {
            out.onError(code.toStatus().withDescription("channel closed").asRuntimeException());
          } else {
            ScriptedNode.answer(out, AdjustStockResponse.getDefaultInstance());
          }
        });

    client.adjustStock(adjust("k1")).join();

    assertThat(nodeA.adjusts).hasSize(2).containsOnly(nodeA.adjusts.get(0));
  }

  @Test
  void shouldSayThatNothingWasTriedWhenNobodyLeads() {
    nodeA.onAdjust(
        (request, out) ->
            out.onError(Statuses.exception(Statuses.of(Reason.NO_LEADER, "no quorum"))));
    try (HoldfastClient hasty = hasty(nodeA.address())) {
      HoldfastException failure = failureOf(hasty, adjust("k1"));

      assertThat(failure).isInstanceOf(UnavailableException.class);
      assertThat(failure.reason()).isEqualTo(Reason.NO_LEADER);
    }
  }

  @Test
  void shouldSayUnknownWhenAnEarlierTryMayHaveHappened() {
    AtomicInteger calls = new AtomicInteger();
    nodeA.onAdjust(
        (request, out) -> {
          Reason reason = calls.incrementAndGet() == 1 ? Reason.OUTCOME_UNKNOWN : Reason.NO_LEADER;
          out.onError(Statuses.exception(Statuses.of(reason, "no")));
        });
    try (HoldfastClient hasty = hasty(nodeA.address())) {
      HoldfastException failure = failureOf(hasty, adjust("k1"));

      assertThat(calls.get()).isGreaterThan(1);
      assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
      assertThat(failure.metadata()).containsEntry("idempotency_key", "k1");
    }
  }

  @Test
  void shouldCallReadThatFailedUnavailableRatherThanUnknown() {
    try (HoldfastClient hasty = hasty(nodeA.address())) {
      Throwable thrown =
          catchThrowable(() -> hasty.getStock(GetStockRequest.getDefaultInstance()).join());

      assertThat(HoldfastException.from(thrown)).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void shouldGoOnWithAnotherNodeWhenOneIsGone() {
    try (HoldfastClient both = HoldfastClient.connect(List.of(nodeA.address(), nodeB.address()))) {
      leadAllFrom("a");
      both.topology().join();
      nodeA.close();

      both.adjustStock(adjust("k1")).join();

      assertThat(nodeB.adjusts).hasSize(1);
    }
  }

  @Test
  void shouldTurnAwayFromNodeThatHangs() {
    leadAllFrom("a");
    ClientSettings settings = ClientSettings.at(List.of(nodeA.address(), nodeB.address()));
    try (HoldfastClient both = HoldfastClient.connect(settings.withCallTimeout(TIME_TO_CONNECT))) {
      both.topology().join();
      while (nodeA.adjusts.isEmpty()) { // on a busy machine connecting may take longer than a try
        both.adjustStock(adjust("connect")).join();
      }
      nodeA.onAdjust((request, out) -> {});
      nodeA.adjusts.clear();
      nodeB.adjusts.clear();

      both.adjustStock(adjust("k1")).join();

      assertThat(nodeA.adjusts).hasSize(1);
      assertThat(nodeB.adjusts).containsExactlyElementsOf(nodeA.adjusts);
    }
  }

  @Test
  void shouldComeBackToNodeThatRestarted() {
    int port = nodeA.port();
    leadAllFrom("a");
    client.topology().join();
    nodeA.close();
    client.adjustStock(adjust("k1")).join();

    try (ScriptedNode restarted = ScriptedNode.startAt(port)) {
      restarted.knows(() -> topology("a"));
      await().untilAsserted(() -> assertLeaderIs(restarted));
    }
  }

  @Test
  void shouldSayThatACallWasNeverSentWhenNobodyListens() {
    nodeA.close();
    try (HoldfastClient hasty = hasty(nodeA.address())) {
      HoldfastException failure = failureOf(hasty, adjust("k1"));

      assertThat(failure).isInstanceOf(UnavailableException.class);
      assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void shouldFailPendingCallsWhenClosed() {
    nodeA.onAdjust((request, out) -> {});
    var pending = client.adjustStock(adjust("k1"));
    await().until(() -> !nodeA.adjusts.isEmpty());

    client.close();

    assertThat(pending).failsWithin(5, TimeUnit.SECONDS);
  }

  private void assertLeaderIs(ScriptedNode node) {
    int before = node.adjusts.size();
    client.adjustStock(adjust("again")).join();
    assertThat(node.adjusts.size()).isGreaterThan(before);
  }

  private void leadAllFrom(String leader) {
    nodeA.knows(() -> topology(leader));
    nodeB.knows(() -> topology(leader));
  }

  private GetTopologyResponse topology(String leader) {
    return GetTopologyResponse.newBuilder()
        .setPartitionCount(1)
        .addNodes(Node.newBuilder().setId("a").setGrpcAddress(nodeA.address()))
        .addNodes(Node.newBuilder().setId("b").setGrpcAddress(nodeB.address()))
        .addPartitions(PartitionLeader.newBuilder().setLeader(leader))
        .build();
  }

  private static HoldfastClient hasty(String address) {
    return HoldfastClient.connect(ClientSettings.at(List.of(address)).withBudget(BRIEF));
  }

  private static AdjustStockRequest adjust(String key) {
    return AdjustStockRequest.newBuilder()
        .setStore("Oslo")
        .setSku("A")
        .setDelta(1)
        .setIdempotencyKey(key)
        .build();
  }

  private static HoldfastException failureOf(HoldfastClient asked, AdjustStockRequest request) {
    return HoldfastException.from(catchThrowable(() -> asked.adjustStock(request).join()));
  }
}
