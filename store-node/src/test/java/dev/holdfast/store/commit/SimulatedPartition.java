package dev.holdfast.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.decide.state.SpeculativeState;
import dev.holdfast.store.testing.MemoryReplica;
import dev.holdfast.store.testing.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * A command loop between random callers and a log that misbehaves, both by the script of a seed.
 * The loop's thread races the script, so a seed fixes what happens but not to the instruction when.
 */
final class SimulatedPartition {
  private static final CommitSettings SETTINGS =
      new CommitSettings(12, 6_000, 5, 2_000, 3, 7, true);
  private static final int STEPS = 60;

  private final Random random;
  private final MemoryReplica replica = new MemoryReplica();
  private final CommandBook book = new CommandBook(replica);
  private final AtomicLong clock = new AtomicLong(1_000);
  private final ScriptedLog log;
  private final CommandLoop loop;
  private Leadership leadership = Leadership.FOLLOWS;
  private long term;
  private int foreign;

  /** How far a change of leadership got; the loop hears of it later than the log. */
  private enum Leadership {
    LEADS,
    LOST_UNHEARD,
    FOLLOWS,
    ANOTHER_WROTE
  }

  SimulatedPartition(long seed) {
    this.random = new Random(seed);
    this.log = new ScriptedLog(seed, replica, random.nextInt(3) * 8);
    this.loop = new CommandLoop(0, SETTINGS, replica, log, new NoMetrics(), clock::get);
  }

  /** Runs the script, lets everything come to its end, and judges it. */
  Map<String, Long> run() {
    untilItLeads();
    for (int i = 0; i < STEPS; i++) {
      step();
      letTheLoopGetOn();
    }
    if (random.nextInt(3) > 0) {
      untilItLeads();
      settle();
    }
    loop.close();
    settle();
    judge();
    return outcomes();
  }

  private void step() {
    clock.addAndGet(random.nextInt(20) - 8);
    int dice = random.nextInt(100);
    if (random.nextInt(100) < (leadership == Leadership.LEADS ? 4 : 40)) {
      moveLeadership();
    } else if (dice < 50) {
      submit();
    } else if (dice < 80) {
      log.commit(1 + random.nextInt(3));
    } else {
      log.tellUntold(1 + random.nextInt(3));
    }
  }

  private void submit() {
    List<QueuedCommand> call = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      call.add(book.enter(command(), key()));
    }
    loop.submit(call);
  }

  private Command command() {
    String sku = "sku-" + random.nextInt(3);
    String reservation = "r" + random.nextInt(4);
    return switch (random.nextInt(7)) {
      case 0 -> Requests.createItem("berlin", sku, 20);
      case 1, 2 -> Requests.adjust("berlin", sku, random.nextInt(9) - 5L);
      case 3, 4 -> Requests.reserve("berlin", reservation, Requests.line(sku, 2));
      case 5 -> Requests.confirm("berlin", reservation);
      default -> Requests.release("berlin", reservation);
    };
  }

  private String key() {
    int number = random.nextInt(24);
    return number < 12 ? "key-" + number : "";
  }

  private void moveLeadership() {
    switch (leadership) {
      case LEADS -> {
        log.loseLeadership();
        leadership = Leadership.LOST_UNHEARD;
      }
      case LOST_UNHEARD -> {
        loop.follow();
        leadership = Leadership.FOLLOWS;
      }
      case FOLLOWS -> {
        anotherLeaderWrites();
        leadership = Leadership.ANOTHER_WROTE;
      }
      case ANOTHER_WROTE -> {
        term += 1 + random.nextInt(3);
        log.winLeadership(term);
        loop.lead(term);
        leadership = Leadership.LEADS;
      }
    }
  }

  /** Some batches of another node, decided on its own state. */
  private void anotherLeaderWrites() {
    term++;
    for (int batches = random.nextInt(3); batches > 0; batches--) {
      AppliedView.LogEnd end = replica.logEnd();
      SpeculativeState state = new SpeculativeState(replica, end.sequence(), end.digests());
      List<RecordedEvent> events = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        foreign++;
        Moment moment = new Moment(end.timeMillis() + 3, state.lastSequence() + 1);
        Decision decision = Dispatcher.decide(book.enterForeign(command(), key()), state, moment);
        if (decision instanceof Decision.Decided decided) {
          events.add(decided.event());
          state.fold(decided.event(), 0);
        }
      }
      append(events);
    }
  }

  private void append(List<RecordedEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    AppliedView.LogEnd end = replica.logEnd();
    EventBatch batch =
        new EventBatch(0, end.sequence() + 1, term, end.timeMillis() + 3, end.batchHash(), events);
    assertThat(replica.apply(term, EventBatchCodec.encode(batch))).isTrue();
  }

  /** Sometimes the loop is far ahead of the script, sometimes behind. */
  @SuppressWarnings("ThreadPriorityCheck") // a hint, for variety; nothing relies on it
  private void letTheLoopGetOn() {
    int turns = random.nextInt(2) * 200;
    for (int i = 0; i < turns && loop.queuedCommands() > 0; i++) {
      Thread.yield();
    }
  }

  private void untilItLeads() {
    while (leadership != Leadership.LEADS) {
      moveLeadership();
    }
  }

  private void settle() {
    Awaitility.await("every command has its answer")
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .pollInSameThread()
        .until(
            () -> {
              log.settle();
              return book.open() == 0;
            });
  }

  private void judge() {
    book.judge(foreign);
    assertThat(log.isResigned()).as("the loop stopped by a fault").isFalse();
    assertThat(loop.queuedCommands()).isZero();
    assertThat(log.largestBatch()).isLessThanOrEqualTo(SETTINGS.batchCommandsMax() + 1); // a digest
    assertThat(log.mostInFlight()).isLessThanOrEqualTo(SETTINGS.batchesInFlightMax());
  }

  private Map<String, Long> outcomes() {
    Map<String, Long> outcomes = new TreeMap<>();
    outcomes.put("decided", book.count(null));
    outcomes.put("digests", book.digests());
    for (Reason reason : Reason.values()) {
      outcomes.put(reason.name(), book.count(reason));
    }
    return outcomes;
  }
}
