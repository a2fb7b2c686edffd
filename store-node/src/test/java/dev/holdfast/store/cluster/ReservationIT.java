package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.RejectedException;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationResponse;
import dev.holdfast.proto.inventory.v1.ExplainStockRequest;
import dev.holdfast.proto.inventory.v1.ExplainStockResponse;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.Hold;
import dev.holdfast.proto.inventory.v1.ListReservationsRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.Reservation;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReservationState;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reservations on real nodes: they expire in time, through failovers, and never oversell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReservationIT {
  private static final long SEED = 20_261_122;
  private static final int EXPIRING = 300;
  private static final long OPENING = 100_000;

  private TestCluster cluster;
  private Caller node;
  private int skus;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster = TestCluster.started(directory);
    node = cluster.node(1).call();
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private String item(String store, long opening) {
    String sku = "held-" + skus++;
    node.create(store, sku, opening);
    return sku;
  }

  private void reserve(ReserveRequest.Builder request) {
    node.ask(inventory -> inventory.reserve(request.build()));
  }

  @Test
  void shouldExpireWithinASecondAndNeverEarly() {
    String store = store(0);
    String sku = item(store, OPENING);
    reserveForAMoment(store, sku, "moment-");

    patiently().until(() -> node.get(store, sku).getReserved() == 0);

    cluster.awaitEqualReplicas(0); // the log may be that of another node
    List<Long> late = lateness(0, "moment-");
    assertThat(late).hasSize(EXPIRING).allMatch(millis -> millis >= 0);
    assertThat(late.get(EXPIRING * 99 / 100)).as("p99 of " + late).isLessThan(1_000);
  }

  @Test
  void shouldExpireEachOnceThoughTheLeaderStopsBetweenExpiryAndRelease() {
    String store = store(2);
    String sku = item(store, OPENING);
    TestNode leader = cluster.leaderOf(2);
    reserveForAMoment(store, sku, "failover-");
    patiently().until(() -> !lateness(2, "failover-").isEmpty());

    assertThat(leader.stop()).isTrue();
    patiently().until(() -> held(leader, store, sku) == 0);
    leader.start();

    ReplicaContent content = cluster.awaitEqualReplicas(2);
    RecordedLog log = RecordedLog.of(leader.state(2));
    assertThat(lateness(2, "failover-")).hasSize(EXPIRING).allMatch(millis -> millis >= 0);
    assertThat(LogAudit.stockOf(log.events())).isEqualTo(content.stock());
  }

  private long held(TestNode down, String store, String sku) {
    Caller other =
        cluster.nodes().stream().filter(each -> each != down).findFirst().orElseThrow().call();
    return other.get(store, sku).getReserved();
  }

  private void reserveForAMoment(String store, String sku, String prefix) {
    Random random = new Random(SEED);
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int i = 0; i < EXPIRING; i++) {
      ReserveRequest.Builder request =
          reservation(store, prefix + i, sku, 1).setTtlMillis(200 + random.nextInt(1_500));
      calls.add(cluster.client().reserve(request.build()));
    }
    calls.forEach(CompletableFuture::join);
  }

  /** How late reservations were expired, in milliseconds of the leader's clock, sorted. */
  private List<Long> lateness(int partition, String prefix) {
    TestNode any = cluster.nodes().stream().filter(TestNode::isRunning).findFirst().orElseThrow();
    List<Long> late = new ArrayList<>();
    for (byte[] encoded : RecordedLog.of(any.state(partition)).batches()) {
      EventBatch batch = decode(encoded);
      for (RecordedEvent each : batch.events()) {
        if (each.event() instanceof ReservationEvent.ReservationExpired expired
            && expired.reservation().reservationId().startsWith(prefix)) {
          late.add(batch.timeMillis() - expired.step().expiresMillisBefore());
        }
      }
    }
    Collections.sort(late);
    return late;
  }

  private static EventBatch decode(byte[] encoded) {
    try {
      return EventBatchCodec.decode(encoded);
    } catch (UnreadableException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldHaveOneAnswerAfterTheExpiry() {
    String store = store(1);
    String sku = item(store, 10);
    reserve(reservation(store, "late", sku, 2).setTtlMillis(1));
    patiently()
        .until(
            () -> get(store, "late").getState(),
            ReservationState.RESERVATION_STATE_EXPIRED::equals);

    assertThat(
            Caller.reason(() -> node.ask(in -> in.confirmReservation(confirmation(store, "late")))))
        .isEqualTo(Reason.RESERVATION_EXPIRED);
    ExtendReservationRequest extend =
        ExtendReservationRequest.newBuilder().setStore(store).setReservationId("late").build();
    assertThat(Caller.reason(() -> node.ask(in -> in.extendReservation(extend))))
        .isEqualTo(Reason.RESERVATION_EXPIRED);
    HoldfastException again = Caller.failure(() -> reserve(reservation(store, "late", sku, 1)));
    assertThat(again.reason()).isEqualTo(Reason.RESERVATION_EXISTS);
    assertThat(again.metadata()).containsEntry("state", "expired");
  }

  @ParameterizedTest
  @CsvSource({"100, 60", "1000, 700"})
  void shouldSellEachUnitOnceToParallelCallers(int callers, long opening) {
    String store = store(1);
    String sku = item(store, opening);
    HoldfastClient client = cluster.client();
    List<CompletableFuture<ConfirmReservationResponse>> calls = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      String id = "crowd-" + callers + "-" + i;
      calls.add(
          client
              .reserve(reservation(store, id, sku, 1).build())
              .thenCompose(held -> client.confirmReservation(confirmation(store, id))));
    }

    List<Long> versions = new ArrayList<>();
    for (CompletableFuture<ConfirmReservationResponse> call : calls) {
      try {
        versions.add(call.join().getStock(0).getVersion());
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(RejectedException.class);
        assertThat(HoldfastException.from(e).reason()).isEqualTo(Reason.INSUFFICIENT_STOCK);
      }
    }

    StockLevel left = node.get(store, sku);
    assertThat(left.getOnHand() + versions.size()).as("left and sold").isEqualTo(opening);
    assertThat(left.getReserved()).isZero();
    assertThat(versions).as("each sale is a change of its own").doesNotHaveDuplicates();
    assertThat(left.getVersion()).isEqualTo(1 + 2L * versions.size());
    assertThat(versions).hasSize((int) opening);
  }

  private static ConfirmReservationRequest confirmation(String store, String id) {
    return ConfirmReservationRequest.newBuilder()
        .setStore(store)
        .setReservationId(id)
        .setIdempotencyKey(Caller.newKey())
        .build();
  }

  private Reservation get(String store, String id) {
    GetReservationRequest request =
        GetReservationRequest.newBuilder().setStore(store).setReservationId(id).build();
    return node.ask(inventory -> inventory.getReservation(request)).getReservation();
  }

  @Test
  void shouldTellWhoHoldsWhat() {
    String store = store(0);
    String sku = item(store, 10);
    String other = item(store, 10);
    reserve(reservation(store, "a-1", sku, 2).setHolder("basket 9").setReference("order 66"));
    reserve(reservation(store, "a-2", sku, 3));
    ReplaceReservationRequest replace =
        ReplaceReservationRequest.newBuilder()
            .setStore(store)
            .setReservationId("a-2")
            .setIdempotencyKey(Caller.newKey())
            .addLines(ReservationLine.newBuilder().setSku(sku).setQuantity(1))
            .addLines(ReservationLine.newBuilder().setSku(other).setQuantity(4))
            .build();
    assertThat(node.ask(in -> in.replaceReservation(replace)).getReservationVersion()).isEqualTo(2);

    ExplainStockRequest explain =
        ExplainStockRequest.newBuilder().setStore(store).setSku(sku).build();
    ExplainStockResponse found = node.ask(in -> in.explainStock(explain));
    ListReservationsRequest list =
        ListReservationsRequest.newBuilder().setStore(store).setSku(other).build();

    assertThat(found.getStock().getReserved()).isEqualTo(3);
    assertThat(found.getHoldsList())
        .extracting(Hold::getReservationId)
        .containsExactly("a-1", "a-2");
    assertThat(found.getHoldsList()).extracting(Hold::getQuantity).containsExactly(2L, 1L);
    assertThat(found.getHolds(0).getHolder()).isEqualTo("basket 9");
    assertThat(found.getHolds(0).getReference()).isEqualTo("order 66");
    assertThat(found.getReservable()).isEqualTo(7);
    assertThat(node.ask(in -> in.listReservations(list)).getReservationsList())
        .containsExactly(get(store, "a-2"));
    HoldfastException less = Caller.failure(() -> reserve(reservation(store, "a-3", sku, 8)));
    assertThat(less.metadata()).containsEntry("held", "3").containsEntry("available", "7");
  }
}
