package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LanesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
  private final RecordedOutcomes outcomes = new RecordedOutcomes();
  private final FakeStock stock = new FakeStock();

  @AfterEach
  void stopWorker() {
    worker.shutdownNow();
  }

  @Test
  void shouldReportRefusalsAsOutcomes() throws Exception {
    Lanes lanes = lanes(answering(stock::decide), PATIENCE);

    lanes.add(
        List.of(
            Movements.sale(1, "A", 1),
            Movements.create(2, "A", 1),
            Movements.sale(3, "A", 1),
            Movements.sale(4, "A", 1)));
    lanes.addMalformed(5, "no");
    lanes.finish();

    assertThat(outcomes.byLine)
        .containsEntry(1L, "refused NOT_FOUND")
        .containsEntry(2L, "accepted")
        .containsEntry(3L, "accepted")
        .containsEntry(4L, "refused INSUFFICIENT_STOCK")
        .containsEntry(5L, "malformed");
  }

  @Test
  void shouldGiveUpWhenPatienceIsOver() throws Exception {
    Lanes lanes =
        lanes(answering(c -> FakeStock.notDecided(Reason.NO_LEADER)), Duration.ofMillis(50));

    lanes.add(List.of(Movements.sale(1, "A", 1), Movements.sale(2, "B", 1)));
    lanes.finish();

    assertThat(lanes.failure()).contains("undecided").contains("scripted");
    assertThat(outcomes.byLine.values()).containsOnly("undecided NO_LEADER");
    assertThat(lanes.add(List.of(Movements.sale(3, "A", 1)))).isFalse();
  }

  @Test
  void shouldStopWhenAServerBreaksTheOrder() throws Exception {
    int[] calls = {0};
    Lanes lanes =
        lanes(
            answering(
                c -> calls[0]++ == 0 ? FakeStock.notDecided(Reason.NO_LEADER) : stock.decide(c)),
            PATIENCE);
    List<FileMovement> sameItem = List.of(Movements.create(1, "A", 1), Movements.sale(2, "A", 1));

    lanes.add(sameItem);
    lanes.finish();

    assertThat(lanes.failure()).contains("line 2").contains("before an earlier line");
  }

  @Test
  void shouldStopWhenABatchIsRefusedAsAWhole() throws Exception {
    Sender refusing =
        sender(request -> CompletableFuture.failedFuture(new IllegalStateException("not allowed")));
    Lanes lanes = lanes(refusing, PATIENCE);

    lanes.add(List.of(Movements.sale(1, "A", 1)));
    lanes.finish();

    assertThat(lanes.failure()).contains("refused as a whole");
    assertThat(outcomes.byLine).containsEntry(1L, "undecided FAULT");
  }

  @Test
  void shouldLetWhatIsOnItsWayEndAndSendNothingMoreWhenStopped() throws Exception {
    List<CompletableFuture<SubmitBatchResponse>> open = new ArrayList<>();
    List<SubmitBatchRequest> sent = new ArrayList<>();
    Lanes lanes =
        lanes(
            sender(
                request -> {
                  sent.add(request);
                  open.add(new CompletableFuture<>());
                  return open.get(open.size() - 1);
                }),
            PATIENCE);
    List<FileMovement> movements =
        IntStream.range(0, 100).mapToObj(line -> Movements.create(line, "A", 1)).toList();

    lanes.add(movements);
    worker.submit(() -> {}).get();
    lanes.stop();
    open.get(0).complete(answer(sent.get(0), stock::decide));
    lanes.finish();

    assertThat(sent).hasSize(1);
    assertThat(outcomes.byLine).hasSize(sent.get(0).getCommandsCount());
  }

  @Test
  void shouldTryARefusedLineAnewUnderAnotherKeyBeforeWhatIsBehindIt() throws Exception {
    Lanes lanes = lanes(answering(stock::decide), PATIENCE, 2);
    lanes.add(List.of(Movements.sale(1, "A", 1), Movements.create(2, "A", 1)));
    lanes.finish();

    assertThat(outcomes.byLine).containsEntry(1L, "accepted").containsEntry(2L, "accepted");
    assertThat(stock.keysByItem().values()).containsExactly(List.of("k1", "k2", "k1~1"));
  }

  @Test
  void shouldTryALineAnewAsOftenAsThereWereRounds() throws Exception {
    Lanes lanes = lanes(answering(stock::decide), PATIENCE, 2);
    lanes.add(List.of(Movements.sale(1, "A", 1)));
    lanes.finish();

    assertThat(outcomes.byLine).containsEntry(1L, "refused NOT_FOUND");
    assertThat(stock.keysByItem().values()).containsExactly(List.of("k1", "k1~1", "k1~2"));
  }

  private Lanes lanes(Sender sender, Duration patience) {
    return lanes(sender, patience, 0);
  }

  private Lanes lanes(Sender sender, Duration patience, int rounds) {
    LaneLimits limits = new LaneLimits(4, 20, 3_000, patience, IntervalFunction.of(2), rounds);
    return new Lanes(sender, limits, worker, outcomes);
  }

  private static Sender answering(Function<Command, CommandOutcome> decide) {
    return sender(request -> CompletableFuture.completedFuture(answer(request, decide)));
  }

  private static SubmitBatchResponse answer(
      SubmitBatchRequest request, Function<Command, CommandOutcome> decide) {
    SubmitBatchResponse.Builder response = SubmitBatchResponse.newBuilder();
    request.getCommandsList().forEach(command -> response.addOutcomes(decide.apply(command)));
    return response.build();
  }

  private static Sender sender(
      Function<SubmitBatchRequest, CompletableFuture<SubmitBatchResponse>> send) {
    return new Sender() {
      @Override
      public CompletableFuture<SubmitBatchResponse> send(SubmitBatchRequest request) {
        return send.apply(request);
      }

      @Override
      public int partitionOf(String store) {
        return 0;
      }
    };
  }
}
