package dev.holdfast.store.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.testing.MemoryReplica;
import dev.holdfast.store.testing.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** By a manual clock. */
final class DigestTimerTest {
  private static final int QUIET = 5_000;

  private final MemoryReplica replica = new MemoryReplica();
  private final List<QueuedCommand> asked = new ArrayList<>();
  private long now = 1_000_000;
  private boolean leading = true;
  private final DigestTimer timer =
      new DigestTimer(
          replica,
          () -> leading,
          asked::add,
          Duration.ofMillis(QUIET),
          () -> TimeUnit.MILLISECONDS.toNanos(now));

  @Test
  void shouldAskOnceNothingHappenedForAWhile() {
    happens(Requests.of(Requests.createItem("berlin", "tea", 5)));
    timer.run();
    runAfter(QUIET - 1);
    assertThat(asked).isEmpty();

    runAfter(1);

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).request())
        .isEqualTo(CommandRequest.ofSystem(new Command.RecordDigest()));
  }

  @Test
  void shouldWaitAgainAfterEveryEvent() {
    for (int i = 0; i < 5; i++) {
      happens(Requests.of(Requests.createItem("berlin", "sku-" + i, 5)));
      runAfter(QUIET - 1);
      runAfter(0);
    }

    assertThat(asked).isEmpty();
  }

  @Test
  void shouldBeAtRestAfterADigest() {
    happens(Requests.of(Requests.createItem("berlin", "tea", 5)));
    happens(CommandRequest.ofSystem(new Command.RecordDigest()));

    for (int i = 0; i < 5; i++) {
      runAfter(QUIET);
    }

    assertThat(asked).isEmpty();
  }

  @Test
  void shouldSayNothingOfAnEmptyPartitionOrOfOneThatOthersLead() {
    runAfter(QUIET);
    runAfter(QUIET);
    assertThat(asked).isEmpty();

    leading = false;
    happens(Requests.of(Requests.createItem("berlin", "tea", 5)));
    runAfter(0);
    runAfter(QUIET);
    assertThat(asked).isEmpty();

    leading = true;
    runAfter(0);
    assertThat(asked).hasSize(1);
  }

  @Test
  void shouldAskAgainOnlyWhenTheFirstOneCameBack() {
    happens(Requests.of(Requests.createItem("berlin", "tea", 5)));
    runAfter(0);
    runAfter(QUIET);
    runAfter(QUIET);
    assertThat(asked).hasSize(1);

    asked.get(0).reply().failed(0, Reason.OVERLOADED, "the queue is full");
    runAfter(0);

    assertThat(asked).hasSize(2);
  }

  private void runAfter(long millis) {
    now += millis;
    timer.run();
  }

  private void happens(CommandRequest request) {
    AppliedView.LogEnd end = replica.logEnd();
    var event = ((Decision.Decided) Dispatcher.decide(request, replica, Requests.MOMENT)).event();
    EventBatch batch =
        new EventBatch(0, end.sequence() + 1, 1, now, end.batchHash(), List.of(event));
    assertThat(replica.apply(1, EventBatchCodec.encode(batch))).isTrue();
  }
}
