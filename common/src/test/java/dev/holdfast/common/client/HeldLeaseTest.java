package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Lease;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc.LeaseServiceImplBase;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HeldLeaseTest {
  private static final AcquireLeaseRequest ASKED =
      AcquireLeaseRequest.newBuilder().setStore("oslo").setSku("tea").setHolder("till").build();

  private final ScriptedNode node = ScriptedNode.start();
  private final HoldfastClient client = HoldfastClient.connect(List.of(node.address()));
  private volatile Duration answersTake = Duration.ZERO;
  private final Queue<StreamObserver<RenewLeaseResponse>> renewals = new ConcurrentLinkedQueue<>();

  /** Grants a lease of 3 s; what becomes of its renewals is the test's. */
  private final class Leases extends LeaseServiceImplBase {
    @Override
    public void acquireLease(
        AcquireLeaseRequest request, StreamObserver<AcquireLeaseResponse> out) {
      Uninterruptibles.sleepUninterruptibly(answersTake);
      ScriptedNode.answer(
          out,
          AcquireLeaseResponse.newBuilder()
              .setLease(Lease.newBuilder().setToken(7))
              .setRenewAfterMillis(100)
              .setLeftMillis(3_000)
              .build());
    }

    @Override
    public void renewLease(RenewLeaseRequest request, StreamObserver<RenewLeaseResponse> out) {
      renewals.add(out);
    }

    @Override
    public void releaseLease(
        ReleaseLeaseRequest request, StreamObserver<ReleaseLeaseResponse> out) {
      ScriptedNode.answer(out, ReleaseLeaseResponse.getDefaultInstance());
    }
  }

  HeldLeaseTest() {
    node.leases = new Leases();
    AdjustStockRequest any = AdjustStockRequest.newBuilder().setStore("oslo").setDelta(1).build();
    client.adjustStock(any).join(); // connects: that must not take the time of a lease
  }

  @AfterEach
  void close() {
    client.close();
    node.close();
  }

  /** The time of a try is 5 s and that of a call 15 s: neither may delay the news. */
  @Test
  void shouldSayThatItIsLostWhenItsTimeIsOver() {
    long start = System.nanoTime();
    HeldLease held = client.leases().hold(ASKED).join();

    await().atMost(Duration.ofSeconds(12)).until(() -> held.lost().isDone());

    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(2_950).toNanos());
    assertThat(held.lost())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("no renewal was answered while the lease lasted");
  }

  /** The nodes count from when they granted it, which an answer that took long does not tell. */
  @Test
  void shouldLastNoLongerBecauseItsAnswerTookLong() {
    answersTake = Duration.ofMillis(2_500);
    long start = System.nanoTime();
    HeldLease held = client.leases().hold(ASKED).join();

    await().atMost(Duration.ofSeconds(12)).until(() -> held.lost().isDone());

    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertThat(millis).isBetween(2_950L, 5_000L); // counted from the answer: 5 500
  }

  @Test
  void shouldSayThatItIsLostWhenARenewalIsRefused() {
    HeldLease held = client.leases().hold(ASKED).join();
    await().until(() -> !renewals.isEmpty());

    renewals.remove().onError(Statuses.exception(Statuses.of(Reason.STALE_TOKEN, "gone")));

    assertThat(held.lost())
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withMessageContaining("gone");
  }

  @Test
  void shouldLastLongerWithEachRenewal() {
    HeldLease held = client.leases().hold(ASKED).join();
    await().until(() -> !renewals.isEmpty());

    ScriptedNode.answer(
        renewals.remove(),
        RenewLeaseResponse.newBuilder()
            .setLease(Lease.newBuilder().setToken(7).setExpiresMillis(1))
            .setRenewAfterMillis(3_500)
            .setLeftMillis(60_000)
            .build());

    await().until(() -> !renewals.isEmpty());
    assertThat(held.lost()).isNotDone();
    assertThat(held.lease().getExpiresMillis()).isEqualTo(1);
  }

  /** A renewal may be on its way when the lease is given back, and come to nothing. */
  @Test
  void shouldNotLoseWhatItGaveBack() {
    HeldLease held = client.leases().hold(ASKED).join();
    await().until(() -> !renewals.isEmpty());

    held.release().join();
    renewals.remove().onError(Statuses.exception(Statuses.of(Reason.STALE_TOKEN, "gone")));

    await()
        .pollDelay(Duration.ofMillis(3_200))
        .untilAsserted(() -> assertThat(held.lost()).isNotDone());
  }
}
