package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.Caller.newKey;
import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationState;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an idempotency key is told when it is used again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EarlierAnswersIT {
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-earlier-answer", Metadata.ASCII_STRING_MARSHALLER);
  private static final String STORE = store(0);

  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster = TestCluster.started(directory, Map.of());
    caller().create(STORE, "tea", 5);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private Caller caller() {
    return cluster.leaderOf(0).call();
  }

  @Test
  void shouldMarkAnAnswerThatWasGivenBefore() {
    AdjustStockRequest request = adjustment(STORE, "tea", 1).setIdempotencyKey(newKey()).build();

    var first = caller().ask(inventory -> inventory.adjustStock(request));
    var again = caller().ask(inventory -> inventory.adjustStock(request));

    assertThat(first.hasEarlier()).isFalse();
    assertThat(again.toBuilder().clearEarlier().build()).isEqualTo(first);
    assertThat(again.getEarlier().getDecidedMillis())
        .isEqualTo(decidedMillis(first.getPosition().getSequence()));
  }

  private long decidedMillis(long sequence) {
    return cluster.leaderOf(0).state(0).past(sequence).timeMillis();
  }

  @Test
  void shouldSayThatARepeatedHoldIsOver() {
    ReserveRequest request = reservation(STORE, newKey(), "tea", 1).build();
    caller().ask(inventory -> inventory.reserve(request));

    EarlierAnswer open = again(request).getEarlier();
    release(request.getReservationId());
    EarlierAnswer released = again(request).getEarlier();

    assertThat(open.getReservationNow()).isEqualTo(ReservationState.RESERVATION_STATE_OPEN);
    assertThat(released.getReservationNow()).isEqualTo(ReservationState.RESERVATION_STATE_RELEASED);
    assertThat(released.getDecidedMillis()).isEqualTo(open.getDecidedMillis());
  }

  private ReserveResponse again(ReserveRequest request) {
    return caller().ask(inventory -> inventory.reserve(request));
  }

  private void release(String id) {
    ReleaseReservationRequest request =
        ReleaseReservationRequest.newBuilder()
            .setStore(STORE)
            .setReservationId(id)
            .setIdempotencyKey(newKey())
            .build();
    caller().ask(inventory -> inventory.releaseReservation(request));
  }

  /** A key remembers a no: the same one is not another attempt. */
  @Test
  void shouldSayThatANoWasGivenBefore() {
    AdjustStockRequest request = adjustment(STORE, "tea", -99).setIdempotencyKey(newKey()).build();

    HoldfastException first = failure(() -> caller().ask(in -> in.adjustStock(request)));
    HoldfastException again = failure(() -> caller().ask(in -> in.adjustStock(request)));

    assertThat(first.metadata()).doesNotContainKey("decided_millis");
    assertThat(again.reason()).isEqualTo(first.reason());
    assertThat(again.metadata()).containsKey("decided_millis");
    assertThat(again.getMessage()).contains("which this key is told again");
  }

  @Test
  void shouldMarkTheOutcomesOfABatch() {
    var fresh = Command.newBuilder().setAdjustStock(adjustment(STORE, "tea", 1));
    var yes = adjustment(STORE, "tea", 1).setIdempotencyKey(newKey());
    var no = adjustment(STORE, "tea", -99).setIdempotencyKey(newKey());
    SubmitBatchRequest batch =
        SubmitBatchRequest.newBuilder()
            .addCommands(fresh)
            .addCommands(Command.newBuilder().setAdjustStock(yes))
            .addCommands(Command.newBuilder().setAdjustStock(no))
            .build();

    caller().ask(inventory -> inventory.submitBatch(batch));
    SubmitBatchResponse again = caller().ask(inventory -> inventory.submitBatch(batch));

    assertThat(again.getOutcomes(0).getAccepted().hasEarlier()).isFalse();
    assertThat(again.getOutcomes(1).getAccepted().hasEarlier()).isTrue();
    assertThat(again.getOutcomes(2).getError().getMessage()).contains("told again");
  }

  /** Whichever node is asked: what a proxy logs is the header. */
  @Test
  void shouldMarkItInTheHeaderToo() {
    AdjustStockRequest request = adjustment(STORE, "tea", 1).setIdempotencyKey(newKey()).build();
    caller().ask(inventory -> inventory.adjustStock(request));

    for (TestNode node : cluster.nodes()) {
      AtomicReference<@Nullable Metadata> headers = new AtomicReference<>();
      Channel listening =
          ClientInterceptors.intercept(
              node.channel(),
              MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));

      var answer =
          InventoryServiceGrpc.newBlockingStub(listening)
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .adjustStock(request);

      Metadata received = Objects.requireNonNull(headers.get());
      assertThat(received.get(HEADER))
          .isEqualTo(Long.toString(answer.getEarlier().getDecidedMillis()));
    }
  }
}
