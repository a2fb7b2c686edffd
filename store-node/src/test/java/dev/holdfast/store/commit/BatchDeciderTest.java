package dev.holdfast.store.commit;

import static dev.holdfast.store.testing.Requests.adjust;
import static dev.holdfast.store.testing.Requests.createItem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.HeldBack;
import dev.holdfast.store.testing.MemoryReplica;
import dev.holdfast.store.testing.Requests;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When digests come between the events of commands. */
final class BatchDeciderTest {
  private static final int EVERY = 3;
  private static final CommitSettings SETTINGS =
      new CommitSettings(100, 100_000, 100, 100_000, 2, EVERY, true);

  private long time = 1_000;
  private final MemoryReplica replica = new MemoryReplica();
  private final BatchDecider decider = new BatchDecider(0, SETTINGS, () -> time);
  private final Answers answers = new Answers();
  private Epoch epoch = new Epoch(1, replica, SETTINGS);

  /** The replica compares each digest with its records. */
  @Test
  void shouldRecordADigestAfterSoManyEvents() {
    DecidedBatch decided = decider.decide(epoch, commands(7));

    assertThat(types(decided))
        .containsExactly("C", "C", "C", "digest", "C", "C", "C", "digest", "C");
    assertThat(decided.events()).isEqualTo(9);
    assertThat(decided.replies())
        .extracting(PendingReply::sequence)
        .containsExactly(1L, 2L, 3L, 5L, 6L, 7L, 9L);
    assertThat(replica.apply(1, decided.encoded())).isTrue();
    assertThat(replica.event(4).origin()).isEqualTo(Origin.SYSTEM);
    assertThat(replica.event(4).isReceipt()).isFalse();
  }

  @Test
  void shouldCountOverTheEndsOfBatches() {
    assertThat(types(decider.decide(epoch, commands(2)))).containsExactly("C", "C");
    assertThat(types(decider.decide(epoch, commands(2)))).containsExactly("C", "digest", "C");
  }

  /** A new leader goes on from what is applied. */
  @Test
  void shouldCountOverChangesOfLeadership() {
    replica.apply(1, decider.decide(epoch, commands(5)).encoded());

    epoch = new Epoch(1, replica, SETTINGS);

    assertThat(types(decider.decide(epoch, commands(2)))).containsExactly("C", "digest", "C");
  }

  @Test
  void shouldStartToCountAnewAfterADigestThatWasAskedFor() {
    QueuedCommand digest = queued(new Command.RecordDigest());

    decider.decide(epoch, commands(2));
    assertThat(types(decider.decide(epoch, List.of(digest)))).containsExactly("digest");

    assertThat(types(decider.decide(epoch, commands(3)))).containsExactly("C", "C", "C", "digest");
  }

  /** So that no command of a call overtakes another one on the same item. */
  @Test
  void shouldHoldBackWhatComesBehindACommandThatALeaseStopped() {
    StockKey tea = new StockKey("berlin", "tea");
    decider.decide(
        epoch,
        List.of(
            queued(createItem("berlin", "tea", 5)),
            queued(createItem("berlin", "cup", 5)),
            queued(new LeaseCommand.AcquireLease(tea, "till", 1_000, 10))));
    OneCall call = new OneCall();

    decider.decide(epoch, List.of(call.command(0, adjust("berlin", "tea", 1))));
    time = 5_000; // the lease is over
    decider.decide(
        epoch,
        List.of(
            call.command(1, adjust("berlin", "tea", 2)),
            call.command(2, adjust("berlin", "cup", 2)),
            queued(adjust("berlin", "tea", 4))));

    assertThat(epoch.state.stock(tea)).extracting(StockLevel::onHand).isEqualTo(9L);
    assertThat(epoch.state.stock(new StockKey("berlin", "cup")))
        .extracting(StockLevel::onHand)
        .isEqualTo(7L);
  }

  /** What was decided before has its place already. */
  @Test
  void shouldAnswerFromAReceiptThoughACommandBeforeItWasStopped() {
    StockKey tea = new StockKey("berlin", "tea");
    CommandRequest sale = Requests.of(adjust("berlin", "tea", -1), "key-1");
    decider.decide(
        epoch,
        List.of(
            queued(createItem("berlin", "tea", 5)),
            new QueuedCommand(sale, new OneCall(), 0),
            queued(new LeaseCommand.AcquireLease(tea, "till", 1_000, 10))));
    OneCall call = new OneCall();

    DecidedBatch decided =
        decider.decide(
            epoch,
            List.of(call.command(0, adjust("berlin", "tea", 1)), new QueuedCommand(sale, call, 1)));

    assertThat(decided.events()).isZero();
    assertThat(decided.replies().get(1).decision()).isEqualTo(new Decision.Repeated(2));
  }

  /** The reply of a batch. */
  private static final class OneCall implements Reply {
    private final HeldBack heldBack = new HeldBack();

    QueuedCommand command(int index, Command command) {
      return new QueuedCommand(Requests.of(command), this, index);
    }

    @Override
    public HeldBack heldBack() {
      return heldBack;
    }

    @Override
    public void decided(int index, long sequence, RecordedEvent event) {}

    @Override
    public void failed(int index, Reason reason, String message) {}
  }

  private List<QueuedCommand> commands(int count) {
    List<QueuedCommand> commands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean first = epoch.state.lastSequence() == 0 && i == 0;
      commands.add(queued(first ? createItem("berlin", "tea", 5) : adjust("berlin", "tea", 1 + i)));
    }
    return commands;
  }

  private QueuedCommand queued(Command command) {
    return new QueuedCommand(Requests.of(command), answers, 0);
  }

  private static List<String> types(DecidedBatch decided) {
    EventBatch batch = MemoryReplica.decode(decided.encoded());
    return batch.events().stream()
        .map(RecordedEvent::event)
        .map(event -> event instanceof Event.StateDigestRecorded ? "digest" : "C")
        .toList();
  }
}
