package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.cluster.v1.Node;
import dev.holdfast.proto.cluster.v1.PartitionLeader;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SubmitBatchTest {
  private static final Duration BRIEF = Duration.ofMillis(400);
  private static final String STORE_0 = "store-0";
  private static final String STORE_1 = "store-1";

  private final ScriptedNode nodeA = ScriptedNode.start();
  private final ScriptedNode nodeB = ScriptedNode.start();
  private final HoldfastClient client =
      HoldfastClient.connect(ClientSettings.at(List.of(nodeA.address())).withBudget(BRIEF));

  SubmitBatchTest() {
    nodeA.knows(this::topology);
    nodeB.knows(this::topology);
    client.topology().join();
  }

  @AfterEach
  void close() {
    client.close();
    nodeA.close();
    nodeB.close();
  }

  @Test
  void shouldSplitByPartitionAndAnswerInOrder() {
    nodeA.onBatch(each((command, call) -> acceptedBy("a", command)));
    nodeB.onBatch(each((command, call) -> acceptedBy("b", command)));

    SubmitBatchResponse response = submit(on(STORE_0, 1), on(STORE_1, 2), on(STORE_0, 3));

    assertThat(response.getOutcomesList())
        .extracting(outcome -> outcome.getAccepted().getReservationId())
        .containsExactly("a1", "b2", "a3");
    assertThat(nodeA.batches).hasSize(1);
    assertThat(nodeB.batches).hasSize(1);
  }

  @Test
  void shouldSendOnlyUndecidedCommandsAgainInTheirOrder() {
    nodeA.onBatch(
        each(
            (command, call) ->
                switch (call > 1 ? 0 : (int) command.getDelta()) {
                  case 2 -> error(Reason.NO_LEADER);
                  case 3 -> error(Reason.INSUFFICIENT_STOCK);
                  case 4 -> error(Reason.OUTCOME_UNKNOWN);
                  default -> acceptedBy("a", command);
                }));

    SubmitBatchResponse response =
        submit(on(STORE_0, 1), on(STORE_0, 2), on(STORE_0, 3), on(STORE_0, 4));

    assertThat(nodeA.batches).hasSize(2);
    assertThat(deltas(nodeA.batches.get(1))).containsExactly(2L, 4L);
    assertThat(nodeA.batches.get(1).getCommands(1)).isEqualTo(nodeA.batches.get(0).getCommands(3));
    assertThat(reasonOf(response, 2)).isEqualTo(Reason.INSUFFICIENT_STOCK);
    assertThat(response.getOutcomes(3).getAccepted().getReservationId()).isEqualTo("a4");
  }

  @Test
  void shouldTellUnknownFromNotTriedWhenTheTimeIsOver() {
    nodeA.onBatch(
        each(
            (command, call) ->
                command.getDelta() == 2 && call == 1
                    ? error(Reason.OUTCOME_UNKNOWN)
                    : error(Reason.NO_LEADER)));

    SubmitBatchResponse response = submit(on(STORE_0, 1), on(STORE_0, 2));

    assertThat(reasonOf(response, 0)).isEqualTo(Reason.NO_LEADER);
    assertThat(reasonOf(response, 1)).isEqualTo(Reason.OUTCOME_UNKNOWN);
  }

  /** Rights are checked before a node looks for what became of the first try. */
  @Test
  void shouldStayUnknownWhenTheCallerIsRefusedLater() {
    nodeA.onBatch(
        each(
            (command, call) ->
                command.getDelta() == 2 && call == 1
                    ? error(Reason.OUTCOME_UNKNOWN)
                    : error(Reason.PERMISSION_DENIED)));

    SubmitBatchResponse response = submit(on(STORE_0, 1), on(STORE_0, 2));

    assertThat(reasonOf(response, 0)).isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(reasonOf(response, 1)).isEqualTo(Reason.OUTCOME_UNKNOWN);
  }

  /** The refusal of one command names its item, and says nothing about another. */
  @Test
  void shouldTellEachCommandItsOwnRefusalWhenTheTimeIsOver() {
    nodeA.onBatch(
        each(
            (command, call) ->
                command.getDelta() == 1 ? error(Reason.OVERLOADED) : error(Reason.NO_LEADER)));

    SubmitBatchResponse response = submit(on(STORE_0, 1), on(STORE_0, 2));

    assertThat(reasonOf(response, 0)).isEqualTo(Reason.OVERLOADED);
    assertThat(reasonOf(response, 1)).isEqualTo(Reason.NO_LEADER);
  }

  /** What a lost answer leaves open, no later "not tried" closes. */
  @Test
  void shouldRememberThatAWholeCallGotNoAnswer() {
    AtomicInteger calls = new AtomicInteger();
    nodeA.onBatch(
        (request, out) -> {
          if (calls.incrementAndGet() == 1) {
            out.onError(
                Status.UNAVAILABLE.withDescription("connection reset").asRuntimeException());
          } else {
            answerAll(request, out, error(Reason.NO_LEADER));
          }
        });
    nodeB.onBatch((request, out) -> answerAll(request, out, error(Reason.NO_LEADER)));

    SubmitBatchResponse response = submit(on(STORE_0, 1), on(STORE_0, 2));

    assertThat(nodeA.batches.size() + nodeB.batches.size()).isGreaterThan(1);
    assertThat(response.getOutcomesList())
        .extracting(outcome -> StatusReader.reasonOf(outcome.getError()))
        .containsOnly(Reason.OUTCOME_UNKNOWN);
  }

  /** Without the key that the client made nobody could ask again. */
  @Test
  void shouldTellTheKeyOfEveryUnknownOutcome() {
    nodeA.onBatch((request, out) -> out.onError(Status.UNAVAILABLE.asRuntimeException()));
    nodeB.onBatch((request, out) -> out.onError(Status.UNAVAILABLE.asRuntimeException()));

    SubmitBatchResponse response =
        submit(on(STORE_0, 1), on(STORE_0, 2).toBuilder().setIdempotencyKey("mine").build());

    List<String> sent =
        nodeA.batches.get(0).getCommandsList().stream()
            .map(command -> command.getAdjustStock().getIdempotencyKey())
            .toList();
    assertThat(sent.get(1)).isEqualTo("mine");
    assertThat(response.getOutcomesList())
        .extracting(o -> HoldfastException.of(o.getError()).metadata().get("idempotency_key"))
        .containsExactlyElementsOf(sent);
  }

  @Test
  void shouldTellTheKeyOfAnUnknownOutcomeThatTheNodeTold() {
    nodeA.onBatch(each((command, call) -> error(Reason.OUTCOME_UNKNOWN)));
    nodeB.onBatch(each((command, call) -> error(Reason.OUTCOME_UNKNOWN)));

    SubmitBatchResponse response =
        submit(on(STORE_0, 1).toBuilder().setIdempotencyKey("mine").build());

    assertThat(HoldfastException.of(response.getOutcomes(0).getError()).metadata())
        .containsEntry("idempotency_key", "mine");
  }

  /** A no to the whole of a later call says nothing about the earlier one. */
  @Test
  void shouldStayUnknownWhenALaterCallIsRefusedAsAWhole() {
    AtomicInteger calls = new AtomicInteger();
    BiConsumer<SubmitBatchRequest, StreamObserver<SubmitBatchResponse>> script =
        (request, out) ->
            out.onError(
                (calls.incrementAndGet() == 1 ? Status.UNAVAILABLE : Status.PERMISSION_DENIED)
                    .asRuntimeException());
    nodeA.onBatch(script);
    nodeB.onBatch(script);

    SubmitBatchResponse response = submit(on(STORE_0, 1));

    assertThat(calls).hasValue(2);
    assertThat(reasonOf(response, 0)).isEqualTo(Reason.OUTCOME_UNKNOWN);
  }

  @Test
  void shouldAnswerEveryCommandWhenTheNodeIsGone() {
    nodeA.close();
    nodeB.close();

    SubmitBatchResponse response = submit(on(STORE_0, 1), on(STORE_1, 2));

    assertThat(response.getOutcomesList()).hasSize(2).allMatch(CommandOutcome::hasError);
  }

  @Test
  void shouldNameTheMalformedCommandByItsPlaceInTheWholeBatch() {
    nodeA.onBatch((request, out) -> answerAll(request, out, acceptedBy("a", on(STORE_0, 1))));
    FieldViolation theirs = new FieldViolation("commands[1].adjust_stock.delta", "must not be 0");
    nodeB.onBatch(
        (request, out) -> out.onError(Statuses.exception(Statuses.invalid(List.of(theirs)))));

    Throwable thrown = catchThrowable(() -> submit(on(STORE_1, 1), on(STORE_0, 2), on(STORE_1, 0)));

    assertThat(HoldfastException.from(thrown).violations())
        .extracting(FieldViolation::field)
        .containsExactly("commands[2].adjust_stock.delta");
  }

  private SubmitBatchResponse submit(AdjustStockRequest... adjusts) {
    SubmitBatchRequest.Builder request = SubmitBatchRequest.newBuilder();
    for (AdjustStockRequest adjust : adjusts) {
      request.addCommands(Command.newBuilder().setAdjustStock(adjust));
    }
    return client.submitBatch(request.build()).join();
  }

  /** A script that answers command by command; it is told the number of the call, from 1. */
  private static BiConsumer<SubmitBatchRequest, StreamObserver<SubmitBatchResponse>> each(
      BiFunction<AdjustStockRequest, Integer, CommandOutcome> script) {
    int[] calls = {0};
    return (request, out) -> {
      calls[0]++;
      SubmitBatchResponse.Builder response = SubmitBatchResponse.newBuilder();
      for (Command command : request.getCommandsList()) {
        response.addOutcomes(script.apply(command.getAdjustStock(), calls[0]));
      }
      ScriptedNode.answer(out, response.build());
    };
  }

  private static void answerAll(
      SubmitBatchRequest request, StreamObserver<SubmitBatchResponse> out, CommandOutcome same) {
    SubmitBatchResponse.Builder response = SubmitBatchResponse.newBuilder();
    request.getCommandsList().forEach(command -> response.addOutcomes(same));
    ScriptedNode.answer(out, response.build());
  }

  private static CommandOutcome acceptedBy(String node, AdjustStockRequest adjust) {
    Accepted accepted = Accepted.newBuilder().setReservationId(node + adjust.getDelta()).build();
    return CommandOutcome.newBuilder().setAccepted(accepted).build();
  }

  private static CommandOutcome error(Reason reason) {
    return CommandOutcome.newBuilder().setError(Statuses.of(reason, "no")).build();
  }

  private static @Nullable Reason reasonOf(SubmitBatchResponse response, int place) {
    return StatusReader.reasonOf(response.getOutcomes(place).getError());
  }

  private static List<Long> deltas(SubmitBatchRequest request) {
    return request.getCommandsList().stream().map(c -> c.getAdjustStock().getDelta()).toList();
  }

  private static AdjustStockRequest on(String store, long delta) {
    return AdjustStockRequest.newBuilder().setStore(store).setSku("A").setDelta(delta).build();
  }

  private GetTopologyResponse topology() {
    GetTopologyResponse.Builder topology =
        GetTopologyResponse.newBuilder()
            .setPartitionCount(2)
            .putPinned(STORE_0, 0)
            .putPinned(STORE_1, 1)
            .addNodes(Node.newBuilder().setId("a").setGrpcAddress(nodeA.address()))
            .addNodes(Node.newBuilder().setId("b").setGrpcAddress(nodeB.address()));
    IntStream.range(0, 2)
        .mapToObj(i -> PartitionLeader.newBuilder().setPartition(i).setLeader(i == 0 ? "a" : "b"))
        .forEach(topology::addPartitions);
    return topology.build();
  }
}
