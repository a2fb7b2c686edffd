package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that no decider can decide, past all that keeps such from coming in. */
final class DecidingFaultIT {
  private static final String SKU = "sku";

  @Test
  void shouldLeadNowhereWhereDecidingFailed(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.started(directory)) {
      cluster.awaitPreferredLeaders();
      TestNode faulty = cluster.node(0);
      cluster.node(1).call().create(store(0), SKU, 5);

      assertThat(reasonOf(faulty, undecidable())).isEqualTo(Reason.NO_LEADER);
      awaitOtherLeader(cluster, faulty);
      assertThat(faulty.replica(0).fault()).isNotNull();
      assertThat(cluster.node(1).call().adjust(store(0), SKU, 1).getStock().getOnHand())
          .isEqualTo(6);

      // Its Raft is well, so others may hand over to it, as those that stop do.
      patiently().until(() -> cluster.leaderOf(0).replica(0).giveLeadershipTo(faulty.id));
      awaitOtherLeader(cluster, faulty);
      assertThat(cluster.node(1).call().adjust(store(0), SKU, 1).getStock().getOnHand())
          .isEqualTo(7);
    }
  }

  private static void awaitOtherLeader(TestCluster cluster, TestNode faulty) {
    patiently()
        .until(
            () ->
                cluster.nodes().stream()
                    .filter(node -> node != faulty)
                    .anyMatch(node -> node.replica(0).isLeading()));
  }

  private static CommandRequest undecidable() {
    Handover handover =
        new Handover(
            new TransferKey(store(1), "transfer"), store(0), List.of(new MovedLine(SKU, -9)));
    return CommandRequest.ofSystem(new TransferCommand.CreditTransfer(1, 1, 0, handover));
  }

  private static Reason reasonOf(TestNode node, CommandRequest request) {
    CompletableFuture<Reason> failed = new CompletableFuture<>();
    Reply reply =
        new Reply() {
          @Override
          public void decided(int index, long sequence, RecordedEvent event) {
            failed.completeExceptionally(new AssertionError("decided: " + event));
          }

          @Override
          public void failed(int index, Reason reason, String message) {
            failed.complete(reason);
          }
        };
    node.replica(0).submit(List.of(new QueuedCommand(request, reply, 0)));
    return failed.join();
  }
}
