package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.command;
import static dev.holdfast.store.cluster.Caller.creation;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import io.grpc.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are as large as they may be, and callers that do not wait for the answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LimitsIT {
  private static final int BATCH_BYTES_MAX = 256 << 10;
  private static final int BYTES_SLACK = 128 << 10; // one command may be the last drop
  private static final int LINES = 1_000;
  private static final String STORE = store(0);

  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster = TestCluster.started(directory);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void shouldForwardTheLargestBatchWhateverItsAnswer() {
    String store = "s".repeat(58) + STORE.substring(STORE.length() - 1);
    String sku = "k".repeat(64);
    int partition = cluster.node(0).call().create(store, sku, 1).getPosition().getPartition();
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      commands.add(command(adjustment(store, sku, -2)));
    }

    SubmitBatchResponse response = askForwarding(partition, commands);

    assertThat(response.getOutcomesList().stream().map(LimitsIT::reason).distinct())
        .containsExactly(Reason.INSUFFICIENT_STOCK);
    assertThat(response.getOutcomesCount()).isEqualTo(10_000);
  }

  /** Through a node that does not lead; again while there is no leader. */
  private SubmitBatchResponse askForwarding(int partition, List<Command> commands) {
    SubmitBatchRequest request = SubmitBatchRequest.newBuilder().addAllCommands(commands).build();
    return patiently()
        .until(
            () ->
                cluster
                    .followerOf(partition)
                    .call()
                    .within(60_000)
                    .ask(inventory -> inventory.submitBatch(request)),
            response -> response.getOutcomesList().stream().allMatch(LimitsIT::isDecided));
  }

  private static boolean isDecided(CommandOutcome outcome) {
    Reason reason = reason(outcome);
    return reason != Reason.NO_LEADER && reason != Reason.OUTCOME_UNKNOWN;
  }

  private static @Nullable Reason reason(CommandOutcome outcome) {
    return StatusReader.reasonOf(outcome.getError());
  }

  @Test
  void shouldKeepRaftEntriesSmallWhenReservationsWithManyLinesAreClosed() {
    List<Command> creations = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      creations.add(command(creation(STORE, sku(i), 1_000)));
    }
    cluster.batch(creations);
    List<Command> releases = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ReserveRequest everything = everything("many-" + i);
      cluster.node(0).call().ask(inventory -> inventory.reserve(everything));
      releases.add(
          Command.newBuilder()
              .setReleaseReservation(
                  ReleaseReservationRequest.newBuilder()
                      .setStore(STORE)
                      .setReservationId("many-" + i))
              .build());
    }

    SubmitBatchResponse response = cluster.batch(releases);

    assertThat(response.getOutcomesList()).allMatch(CommandOutcome::hasAccepted);
    cluster.awaitEqualReplicas(0);
    assertThat(RecordedLog.of(cluster.node(1).state(0)).batches())
        .extracting(batch -> batch.length)
        .allMatch(length -> length <= BATCH_BYTES_MAX + BYTES_SLACK);
  }

  private static String sku(int i) {
    return "item-%04d-".formatted(i) + "x".repeat(50);
  }

  private static ReserveRequest everything(String id) {
    ReserveRequest.Builder request =
        ReserveRequest.newBuilder().setStore(STORE).setReservationId(id).setIdempotencyKey(id);
    for (int i = 0; i < LINES; i++) {
      request.addLines(ReservationLine.newBuilder().setSku(sku(i)).setQuantity(1));
    }
    return request.build();
  }

  @Test
  void shouldGoOnWhenCallersLeave() {
    String store = store(1);
    String sku = "left";
    cluster.node(1).call().create(store, sku, 1_000_000);
    for (TestNode node : cluster.nodes()) {
      for (int i = 0; i < 200; i++) {
        leave(node, store, sku);
      }
    }

    for (TestNode node : cluster.nodes()) {
      assertThat(node.call().adjust(store, sku, 1).getStock().getOnHand()).isPositive();
      assertThat(node.replica(1).fault()).isNull();
    }
    ReplicaContent content = cluster.awaitEqualReplicas(1);
    RecordedLog log = RecordedLog.of(cluster.node(0).state(1));
    assertThat(LogAudit.stockOf(log.events())).isEqualTo(content.stock());
    patiently().until(() -> cluster.leaderOf(1).replica(1).queuedCommands() == 0);
  }

  /** Asks, and cancels before the answer can be there. */
  private static void leave(TestNode node, String store, String sku) {
    try (Context.CancellableContext context = Context.current().withCancellation()) {
      context.run(
          () -> {
            var unused =
                InventoryServiceGrpc.newFutureStub(node.channel())
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .adjustStock(adjustment(store, sku, -1).build());
          });
    }
  }
}
