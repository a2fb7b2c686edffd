package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A timer keeps to itself what its tasks throw: the caller must hear of it all the same. */
@Timeout(30)
final class TimerTasksTest {
  private static final AdjustStockRequest ADJUST =
      AdjustStockRequest.newBuilder().setStore("berlin").setSku("A").setDelta(1).build();

  private final ScriptedNode node = ScriptedNode.start();
  private final ClientSettings settings = ClientSettings.at(List.of(node.address()));
  private final Connections connections = Connections.open(settings);

  @AfterEach
  void close() {
    connections.close();
    node.close();
  }

  @Test
  void shouldTellTheCallerWhatItsNextTryThrew() {
    node.onAdjust((request, out) -> out.onError(Status.UNAVAILABLE.asRuntimeException()));
    Calls calls = connections.calls(new BrokenAfterTheFirst(connections.nodes()), settings);

    var answer =
        calls.start(
            Operation.mutation(InventoryServiceGrpc.getAdjustStockMethod()), "berlin", ADJUST);

    assertThat(answer)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("broken");
  }

  @Test
  void shouldTellTheCallerWhatItsNextBatchThrew() {
    node.onBatch((request, out) -> out.onError(Status.UNAVAILABLE.asRuntimeException()));
    Calls calls = connections.calls(new BrokenAfterTheFirst(connections.nodes()), settings);
    Command command = Command.newBuilder().setAdjustStock(ADJUST).build();
    SubmitBatchRequest batch = SubmitBatchRequest.newBuilder().addCommands(command).build();

    assertThat(new BatchCall(calls, batch.getCommandsList()).start())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingRootCause()
        .withMessage("broken");
  }

  @Test
  void shouldEndTheTriesThatFollowOneWhoseCancellationFails() {
    TryTimeouts timeouts = new TryTimeouts(Duration.ofMillis(1));
    CompletableFuture<Void> cancelled = new CompletableFuture<>();
    var unused =
        timeouts.start(
            new CancelOnly(
                () -> {
                  throw new IllegalStateException("broken");
                }));
    unused = timeouts.start(new CancelOnly(() -> cancelled.complete(null)));

    timeouts.watchOn(connections.timer());

    assertThat(cancelled).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void shouldGoOnAskingForTheTopologyAfterAFailure() {
    Nodes none = new Nodes(new ChannelMaker(ClientSecurity.OFF), 1, List.of());
    LeaderRouter router = new LeaderRouter(none, connections.timer());
    router.onLost(); // fails, for want of a node
    node.knows(
        () -> GetTopologyResponse.newBuilder().setPartitionCount(2).putPinned("s", 1).build());

    var unused = none.at(node.address());
    router.start();

    await().untilAsserted(() -> assertThat(router.partitionOf("s")).isEqualTo(1));
    none.close();
  }

  /** Picks a node once. */
  private static final class BrokenAfterTheFirst implements Router {
    private final Nodes nodes;
    private final AtomicInteger picks = new AtomicInteger();

    BrokenAfterTheFirst(Nodes nodes) {
      this.nodes = nodes;
    }

    @Override
    public NodeChannel pick(@Nullable String store, int triesBefore, @Nullable NodeChannel last) {
      if (picks.incrementAndGet() > 1) {
        throw new IllegalStateException("broken");
      }
      return nodes.any(last);
    }

    @Override
    public void onLost() {}

    @Override
    public boolean isHopeless() {
      return false;
    }

    @Override
    public int partitionOf(String store) {
      return 0;
    }
  }

  private static final class CancelOnly extends ClientCall<Object, Object> {
    private final Runnable onCancel;

    CancelOnly(Runnable onCancel) {
      this.onCancel = onCancel;
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
      onCancel.run();
    }

    @Override
    public void start(Listener<Object> listener, Metadata headers) {}

    @Override
    public void request(int count) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(Object message) {}
  }
}
