package dev.holdfast.cli.drill.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecorderTest {
  private static final AdjustStockRequest REQUEST =
      AdjustStockRequest.newBuilder()
          .setStore("s")
          .setSku("tea")
          .setDelta(1)
          .setIdempotencyKey("k")
          .build();

  private final AtomicLong nanos = new AtomicLong();
  private final Recorder recorder = new Recorder(nanos::incrementAndGet);

  @Test
  void shouldRecordBeginEndAndAnswer() {
    AdjustStockResponse answer = AdjustStockResponse.newBuilder().setShortfall(2).build();
    CompletableFuture<AdjustStockResponse> sent = new CompletableFuture<>();

    CompletableFuture<AdjustStockResponse> got = recorder.call(7, REQUEST, request -> sent);
    sent.complete(answer);

    assertThat(got).isCompletedWithValue(answer);
    assertThat(recorder.history().calls())
        .containsExactly(new Call(7, 1, 2, REQUEST, new Outcome.Answered(answer)));
  }

  @Test
  void shouldRecordCallsThatStillRunAsUnknown() {
    var unused = recorder.call(7, REQUEST, request -> new CompletableFuture<AdjustStockResponse>());

    assertThat(recorder.history().calls())
        .containsExactly(new Call(7, 1, Call.NEVER, REQUEST, Outcome.Undecided.UNKNOWN));
  }

  @Test
  void shouldRecordFailureThatIsNoAnswerAsUnknown() {
    var unused =
        recorder.call(
            7,
            REQUEST,
            request ->
                CompletableFuture.<AdjustStockResponse>failedFuture(new IllegalStateException()));

    assertThat(recorder.history().calls())
        .extracting(Call::outcome)
        .containsExactly(Outcome.Undecided.UNKNOWN);
  }

  @Test
  void shouldRefuseRequestsThatLeaveSomethingToTheNode() {
    AdjustStockRequest unkeyed = REQUEST.toBuilder().clearIdempotencyKey().build();
    ReserveRequest unnamed =
        ReserveRequest.newBuilder().setStore("s").setIdempotencyKey("k").build();
    SubmitBatchRequest batch =
        SubmitBatchRequest.newBuilder()
            .addCommands(Command.newBuilder().setAdjustStock(unkeyed))
            .build();

    for (var request : List.of(unkeyed, unnamed, batch)) {
      assertThatThrownBy(() -> recorder.begin(1, request))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldTakeCallsThatWereRecordedElsewhere() {
    Call other = new Call(9, 1, 2, REQUEST, Outcome.Undecided.UNKNOWN);

    recorder.add(History.of(List.of(other)));

    assertThat(recorder.history().calls()).containsExactly(other);
  }

  @Test
  void shouldTakeCallsFromManyThreads() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      int number = client;
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  recorder.begin(number, REQUEST).end(Outcome.Undecided.NOT_TRIED);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(recorder.history().size()).isEqualTo(4_000);
  }
}
