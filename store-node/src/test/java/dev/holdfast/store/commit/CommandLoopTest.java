package dev.holdfast.store.commit;

import static dev.holdfast.store.testing.Requests.adjust;
import static dev.holdfast.store.testing.Requests.createItem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.failpoint.FailPointException;
import dev.holdfast.common.failpoint.FailPoints;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.decide.state.Leases;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.decide.state.TransferState;
import dev.holdfast.store.testing.MemoryReplica;
import dev.holdfast.store.testing.Requests;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class CommandLoopTest {
  private static final CommitSettings SETTINGS =
      new CommitSettings(6, 100_000, 3, 100_000, 2, 1_000, true);

  private final FaultyReplica replica = new FaultyReplica();
  private final HeldLog log = new HeldLog(replica.memory);
  private final Answers answers = new Answers();
  private final CommandLoop loop =
      new CommandLoop(0, SETTINGS, replica, log, new NoMetrics(), () -> 1_000).start();

  @AfterEach
  void stop() {
    loop.close();
  }

  @Test
  void shouldAnswerAfterTheCommitOnly() {
    loop.lead(1);
    submit(createItem("berlin", "tea", 5));

    log.await(0);
    assertThat(answers.lines()).isEmpty();
    log.commit(0);

    assertThat(answers.await(1)).containsExactly("0 at 1 ok tea=5/0/1");
  }

  @Test
  void shouldDecideOnWhatIsInFlight() {
    loop.lead(1);
    submit(createItem("berlin", "tea", 5));
    log.await(0);
    submit(adjust("berlin", "tea", -5));
    log.await(1);

    log.commit(0);
    log.commit(1);

    assertThat(answers.await(2)).containsExactly("0 at 1 ok tea=5/0/1", "0 at 2 ok tea=0/0/2");
  }

  @Test
  void shouldNotDecideBeforeItLeads() {
    submit(createItem("berlin", "tea", 5));

    assertThat(answers.lines()).containsExactly("0 NO_LEADER");
    assertThat(log.count()).isZero();
  }

  @Test
  void shouldRefuseWhatWaitsWhenLeadershipIsLost() {
    loop.lead(1);
    fillFlight();
    submit(adjust("berlin", "tea", 1), adjust("berlin", "tea", 2));

    loop.follow();

    assertThat(answers.await(2)).containsExactly("0 NO_LEADER", "1 NO_LEADER");
    log.tell(0, ReplicatedLog.Fate.UNKNOWN);
    log.tell(1, ReplicatedLog.Fate.UNKNOWN);
    assertThat(answers.await(4)).endsWith("0 OUTCOME_UNKNOWN", "0 OUTCOME_UNKNOWN");
  }

  @Test
  void shouldBoundWhatWaitsAndWhatIsInFlight() {
    loop.lead(1);
    fillFlight();
    for (int i = 0; i < SETTINGS.queueCommandsMax(); i++) {
      submit(adjust("berlin", "tea", 1));
    }
    Awaitility.await()
        .during(Duration.ofMillis(30))
        .until(() -> log.count() == SETTINGS.batchesInFlightMax());
    assertThat(answers.lines()).isEmpty();
    assertThat(loop.queuedCommands()).isEqualTo(SETTINGS.queueCommandsMax());

    submit(adjust("berlin", "tea", 1));

    assertThat(answers.lines()).containsExactly("0 OVERLOADED");
    log.commit(0);
    assertThat(log.await(2).events()).isEqualTo(SETTINGS.batchCommandsMax());
  }

  /** docs/adr/0008. */
  @Test
  void shouldSendAFurtherBatchOnlyWhenItIsAsLargeAsThoseInFlight() {
    loop.lead(1);
    submit(createItem("berlin", "tea", 5), createItem("berlin", "cup", 5));
    assertThat(log.await(0).events()).isEqualTo(2);

    submit(adjust("berlin", "tea", 1));
    Awaitility.await().during(Duration.ofMillis(30)).until(() -> log.count() == 1);
    assertThat(loop.queuedCommands()).isEqualTo(1);

    submit(adjust("berlin", "tea", 1));
    assertThat(log.await(1).events()).isEqualTo(2);
  }

  @Test
  void shouldSendWhatWaitsAtOnceWhenNothingIsInFlightAnyMore() {
    loop.lead(1);
    submit(createItem("berlin", "tea", 5), createItem("berlin", "cup", 5));
    log.await(0);
    submit(adjust("berlin", "tea", 1));
    Awaitility.await().during(Duration.ofMillis(30)).until(() -> log.count() == 1);

    log.commit(0);

    assertThat(log.await(1).events()).isEqualTo(1);
    log.commit(1);
    submit(adjust("berlin", "tea", 1));
    assertThat(log.await(2).events()).as("however large batches were lately").isEqualTo(1);
  }

  @Test
  void shouldSendABatchThatIsFullHoweverMuchIsInFlight() {
    CommitSettings small = new CommitSettings(6, 100_000, 1, 100_000, 3, 1_000, true);
    try (CommandLoop other =
        new CommandLoop(0, small, replica, log, new NoMetrics(), () -> 1_000).start()) {
      other.lead(1);
      for (int i = 0; i < small.batchesInFlightMax(); i++) {
        other.submit(List.of(queued(createItem("berlin", "sku-" + i, 1), "", 0)));
      }

      assertThat(log.await(2).events()).as("two are in flight, one is full").isEqualTo(1);
    }
  }

  @Test
  void shouldDropEverythingOnTopOfALostBatch() {
    loop.lead(1);
    submit(createItem("berlin", "tea", 5));
    log.await(0);
    submit(adjust("berlin", "tea", -5));
    log.await(1);

    log.tell(0, ReplicatedLog.Fate.NOT_APPENDED);
    submit(createItem("berlin", "cup", 3)); // waits until the second batch came back
    log.commit(1);

    assertThat(answers.await(2)).containsExactly("0 NO_LEADER", "0 NO_LEADER");
    log.commit(2);
    assertThat(answers.await(3)).endsWith("0 at 1 ok cup=3/0/1");
    assertThat(replica.memory.allStock()).containsOnlyKeys(new StockKey("berlin", "cup"));
  }

  @Test
  void shouldNotDecideOnABrokenEpochWhileSomethingIsInFlight() {
    loop.lead(1);
    submit(createItem("berlin", "tea", 5));
    log.await(0);
    submit(adjust("berlin", "tea", -1));
    log.await(1);
    log.tell(0, ReplicatedLog.Fate.NOT_APPENDED);

    submit(createItem("berlin", "cup", 3));

    Awaitility.await().during(Duration.ofMillis(30)).until(() -> log.count() == 2);
    log.commit(1);
    assertThat(MemoryReplica.decode(log.await(2).encoded()).firstSequence()).isEqualTo(1);
  }

  @Test
  void shouldLetARepeatedCommandWaitForTheBatchOfTheFirst() {
    loop.lead(1);
    submitKeyed(createItem("berlin", "tea", 5), "key-1");
    log.await(0);
    submitKeyed(createItem("berlin", "tea", 5), "key-1");
    submitKeyed(createItem("berlin", "cup", 5), "key-1");
    Awaitility.await().until(() -> loop.queuedCommands() == 0);
    assertThat(answers.lines()).isEmpty();

    log.commit(0);

    assertThat(answers.await(3))
        .containsExactly("0 at 1 ok tea=5/0/1", "0 at 1 ok tea=5/0/1", "0 IDEMPOTENCY_KEY_REUSED");
  }

  /** The durable write is done: whoever else is in the batch must hear of it. */
  @Test
  void shouldAnswerTheOthersWhenOneCallerCannotBeAnswered() {
    loop.lead(1);
    Reply broken =
        new Reply() {
          @Override
          public void decided(int index, long sequence, RecordedEvent event) {
            throw new IllegalStateException("the call is broken");
          }

          @Override
          public void failed(int index, Reason reason, String message) {
            answers.failed(index, reason, message);
          }
        };
    loop.submit(
        List.of(
            new QueuedCommand(Requests.of(createItem("berlin", "tea", 5)), broken, 0),
            queued(createItem("berlin", "cup", 5), "", 1)));

    log.commit(0);

    assertThat(answers.await(2)).containsExactly("0 OUTCOME_UNKNOWN", "1 at 2 ok cup=5/0/1");
  }

  @Test
  void shouldAnswerFromAReceiptWithNothingInFlight() {
    loop.lead(1);
    submitKeyed(createItem("berlin", "tea", 5), "key-1");
    log.commit(0);
    answers.await(1);

    submitKeyed(createItem("berlin", "tea", 5), "key-1");

    assertThat(answers.await(2)).endsWith("0 at 1 ok tea=5/0/1");
    assertThat(log.count()).isEqualTo(1);
  }

  @Test
  void shouldAnswerEverythingWhenItCloses() {
    loop.lead(1);
    fillFlight();
    submit(adjust("berlin", "tea", 1));

    loop.close();

    assertThat(answers.lines()).containsExactly("0 NO_LEADER");
    submit(adjust("berlin", "tea", 1));
    assertThat(answers.lines()).containsExactly("0 NO_LEADER", "0 NO_LEADER");
    log.commit(0);
    log.commit(1);
    assertThat(answers.lines()).hasSize(4);
  }

  /** The queue looks at the commands while it takes them: here, the loop closes just then. */
  @Test
  void shouldAnswerACallThatComesWhileItCloses() {
    loop.lead(1);

    loop.submit(
        new AbstractList<>() {
          @Override
          public QueuedCommand get(int index) {
            return queued(adjust("berlin", "tea", 1), "", 0);
          }

          @Override
          public int size() {
            return 1;
          }

          @Override
          public Iterator<QueuedCommand> iterator() {
            loop.close();
            return super.iterator();
          }
        });

    assertThat(answers.lines()).containsExactly("0 NO_LEADER");
  }

  @Test
  void shouldAnswerWhatItWasDecidingWhenAFaultStopsIt() {
    loop.lead(1);
    fillFlight();
    submit(adjust("berlin", "tea", 1), adjust("berlin", "cup", 1), adjust("berlin", "pot", 1));
    submit(adjust("berlin", "jar", 1));
    replica.fault = new IllegalStateException("the disk is gone");

    log.commit(0);

    assertThat(answers.await(5))
        .filteredOn(line -> line.endsWith("NO_LEADER"))
        .containsExactlyInAnyOrder("0 NO_LEADER", "1 NO_LEADER", "2 NO_LEADER", "0 NO_LEADER");
    Awaitility.await().untilAsserted(() -> assertThat(log.resigned).hasValue(1));
    assertThat(loop.isLeading()).isFalse();
  }

  /**
   * The answers of a batch go out behind its durable write: what fails then must not hold the next.
   */
  @Test
  void shouldAnswerAndGoOnWhenTheEndOfABatchFails() {
    assumeThat(System.getProperty(FailPoints.PROPERTY)).isNotNull();
    int failing = SETTINGS.batchesInFlightMax();
    loop.lead(1);
    for (int i = 0; i < failing; i++) {
      int batch = i;
      submit(createItem("berlin", "tea-" + i, 5));
      log.await(batch);
      assertThatExceptionOfType(FailPointException.class)
          .isThrownBy(
              () -> FailPoints.scripted(failingAt(FailPoint.FATE_KNOWN), () -> log.commit(batch)));
    }

    submit(createItem("berlin", "cup", 5));
    log.await(failing);
    log.commit(failing);

    assertThat(answers.await(failing + 1).subList(0, failing)).containsOnly("0 OUTCOME_UNKNOWN");
    assertThat(answers.lines()).endsWith("0 at " + (failing + 1) + " ok cup=5/0/1");
  }

  private static FailPoints.Script failingAt(FailPoint place) {
    return point -> {
      if (point == place) {
        throw new FailPointException(point);
      }
    };
  }

  /** What another leader wrote may be applied, and read, before the loop's thread looks again. */
  @Test
  void shouldTakeNoDecisionThatFailsBehindLeadershipForAFault() {
    loop.lead(1);
    replica.beforeRead =
        () -> {
          loop.follow();
          throw new IllegalStateException("stock and reservations of two leaders do not fit");
        };
    submit(createItem("berlin", "tea", 5));
    assertThat(answers.await(1)).containsExactly("0 NO_LEADER");

    replica.beforeRead = () -> {};
    loop.lead(3);
    submit(createItem("berlin", "tea", 5));
    log.await(0);
    log.commit(0);

    assertThat(answers.await(2)).endsWith("0 at 1 ok tea=5/0/1");
    assertThat(log.resigned).hasValue(0);
  }

  /** Both came while the loop's thread was deciding: all that it sees is another term. */
  @Test
  void shouldBeginAnewWhenLeadershipWasLostAndWonBeforeItLooked() {
    loop.lead(1);
    replica.beforeRead =
        () -> {
          replica.beforeRead = () -> {};
          loop.follow();
          loop.lead(2);
        };
    submit(createItem("berlin", "tea", 5));
    assertThat(log.await(0).term()).isEqualTo(1);

    submit(createItem("berlin", "cup", 5));

    HeldLog.Held next = log.await(1);
    assertThat(next.term()).isEqualTo(2);
    assertThat(MemoryReplica.decode(next.encoded()).firstSequence()).isEqualTo(1);
  }

  /** An error is a fault like any other: a dead thread that still leads would be worse. */
  @Test
  void shouldStopLeadingOnAnError() {
    loop.lead(1);
    replica.error = new NoClassDefFoundError("missing");

    submit(adjust("berlin", "tea", 1));

    assertThat(answers.await(1)).containsExactly("0 NO_LEADER");
    Awaitility.await().untilAsserted(() -> assertThat(log.resigned).hasValue(1));
    assertThat(loop.isLeading()).isFalse();
  }

  @Test
  void shouldStayStoppedAfterAFault() {
    loop.lead(1);
    replica.fault = new IllegalStateException("the disk is gone");
    submit(adjust("berlin", "tea", 1));
    Awaitility.await().untilAsserted(() -> assertThat(log.resigned).hasValue(1));
    int before = answers.lines().size();

    loop.lead(2);
    submit(adjust("berlin", "tea", 1));

    assertThat(answers.lines().size()).isEqualTo(before + 1);
    assertThat(loop.isLeading()).isFalse();
  }

  /** As many batches as may be in flight. */
  private void fillFlight() {
    for (int i = 0; i < SETTINGS.batchesInFlightMax(); i++) {
      submit(createItem("berlin", "flight-" + i, 1));
      log.await(i);
    }
  }

  private void submit(Command... commands) {
    List<QueuedCommand> call = new ArrayList<>();
    for (Command command : commands) {
      call.add(queued(command, "", call.size()));
    }
    loop.submit(call);
  }

  private void submitKeyed(Command command, String key) {
    loop.submit(List.of(queued(command, key, 0)));
  }

  private QueuedCommand queued(Command command, String key, int index) {
    return new QueuedCommand(Requests.of(command, key), answers, index);
  }

  /** A replica that cannot be read any more from some moment on. */
  private static final class FaultyReplica implements AppliedView {
    final MemoryReplica memory = new MemoryReplica();
    volatile @Nullable RuntimeException fault;
    volatile Runnable beforeRead = () -> {};
    volatile @Nullable Error error;

    @Override
    public @Nullable StockLevel stock(StockKey item) {
      beforeRead.run();
      if (fault != null) {
        throw fault;
      }
      if (error != null) {
        throw error;
      }
      return memory.stock(item);
    }

    @Override
    public @Nullable Reservation reservation(ReservationKey key) {
      return memory.reservation(key);
    }

    @Override
    public @Nullable Receipt receipt(ReceiptKey key) {
      return memory.receipt(key);
    }

    @Override
    public TransferState transfers() {
      return memory.transfers();
    }

    @Override
    public StateDigest digest() {
      return memory.digest();
    }

    @Override
    public Leases leases() {
      return memory.leases();
    }

    @Override
    public Set<String> frozenStores() {
      return memory.frozenStores();
    }

    @Override
    public LogEnd logEnd() {
      return memory.logEnd();
    }

    @Override
    public Past past(long sequence) {
      return new Past(memory.event(sequence), memory.timeMillis(sequence));
    }
  }
}
