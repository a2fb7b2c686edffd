package dev.holdfast.store.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.testing.Requests;
import dev.holdfast.store.testing.TestKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By a manual clock, on a real store. */
final class ReceiptEvictionTest {
  private static final long START = Requests.MOMENT.timeMillis();
  private static final Duration DAY = Duration.ofDays(1);
  private static final long COUNT_MAX = 3;

  @TempDir private Path root;
  private RocksMemory memory;
  private StateStore store;
  private ReceiptEviction eviction;

  private final List<QueuedCommand> asked = new ArrayList<>();
  private long now = START;
  private boolean leading = true;

  @BeforeEach
  void open() throws Exception {
    memory = new RocksMemory(8 << 20, 32 << 20);
    store = StateStore.open(root, memory, TestKeys.usual());
    eviction = new ReceiptEviction(store, () -> leading, asked::add, () -> now, DAY, COUNT_MAX);
    decide(Requests.of(Requests.createItem("berlin", "tea", 100)));
  }

  @AfterEach
  void close() {
    store.close();
    memory.close();
  }

  @Test
  void shouldKeepAReceiptForItsWholeTime() {
    sell("key-1");
    now = START + DAY.toMillis();
    eviction.run();
    assertThat(asked).isEmpty();

    now++;
    eviction.run();

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).request().command()).isEqualTo(new Command.EvictReceipts(2));
    answer();
    assertThat(store.receipt(new ReceiptKey("alice", "key-1"))).isNull();
    eviction.run();
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldForgetTheOldestOfTooMany() {
    for (int i = 1; i <= COUNT_MAX; i++) {
      sell("key-" + i);
    }
    eviction.run();
    assertThat(asked).isEmpty();

    sell("key-4");
    eviction.run();

    answer();
    assertThat(store.applied().receiptsCount()).isEqualTo(COUNT_MAX);
    assertThat(store.receipt(new ReceiptKey("alice", "key-1"))).isNull();
  }

  @Test
  void shouldAskOnTheLeaderOnlyAndOnceAtATime() {
    sell("key-1");
    now = START + DAY.toMillis() + 1;
    leading = false;
    eviction.run();
    assertThat(asked).isEmpty();

    leading = true;
    eviction.run();
    eviction.run();
    assertThat(asked).hasSize(1);

    asked.remove(0).reply().failed(0, Reason.OVERLOADED, "slow down");
    eviction.run();
    assertThat(asked).hasSize(1);
  }

  private void sell(String key) {
    decide(Requests.of(Requests.adjust("berlin", "tea", -1), key));
  }

  private void answer() {
    QueuedCommand command = asked.remove(0);
    RecordedEvent event = decide(command.request());
    command.reply().decided(0, store.logEnd().sequence(), event);
  }

  /** Decides now, and applies what was decided. */
  private RecordedEvent decide(CommandRequest request) {
    AppliedView.LogEnd end = store.logEnd();
    Moment moment = new Moment(now, end.sequence() + 1);
    RecordedEvent event = ((Decision.Decided) Dispatcher.decide(request, store, moment)).event();
    EventBatch batch =
        new EventBatch(0, end.sequence() + 1, 1, now, end.batchHash(), List.of(event));
    long index = store.applied().raftIndex() + 1;
    store.apply(applier -> applier.apply(index, 1, EventBatchCodec.encode(batch)));
    return event;
  }
}
