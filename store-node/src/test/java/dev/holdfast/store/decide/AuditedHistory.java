package dev.holdfast.store.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.testing.AnswerText;
import dev.holdfast.store.testing.Auditor;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import dev.holdfast.store.testing.StateText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a history through the dispatcher, on speculative state above applied state that lags
 * behind, and through the auditor, and compares the answer and the whole state after every step.
 */
final class AuditedHistory {
  private static final List<StockKey> ITEMS = RandomSteps.allItems();
  private static final List<ReservationKey> RESERVATIONS = RandomSteps.allReservations();
  private static final long NOW = 1_700_000_000_000L;

  private final Auditor auditor = new Auditor();
  private final MemoryState applied = new MemoryState();
  private final SpeculativeState state = new SpeculativeState(applied, 0, DigestProgress.NONE);
  private final List<RecordedEvent> log = new ArrayList<>();
  private final List<CommandRequest> requests = new ArrayList<>();

  void run(List<RandomSteps.Step> steps) {
    for (Command command : RandomSteps.OPENING) {
      take(new RandomSteps.Step(command, "", "alice", RandomSteps.Step.NEW, 0));
    }
    steps.forEach(this::take);
    applyUpTo(log.size());
    assertThat(text(applied)).as("applied state").isEqualTo(auditor.state());
    assertReplayLeadsToTheSameState();
  }

  private void take(RandomSteps.Step step) {
    applyUpTo(Math.min(log.size(), (int) applied.sequence() + step.applies()));
    CommandRequest request = request(step);
    requests.add(request);
    Map<StockKey, StockLevel> before = levels();

    String expected = auditor.answer(request);
    String answer = answer(Dispatcher.decide(request, state, Requests.MOMENT), request);

    assertThat(answer).as("%s", request).isEqualTo(expected);
    assertThat(text(state)).as("after %s", request).isEqualTo(auditor.state());
    assertThat(state.digest()).as("after %s", request).isEqualTo(digestOf(levels()));
    assertLaws(before);
  }

  private CommandRequest request(RandomSteps.Step step) {
    if (step.again() != RandomSteps.Step.NEW && !requests.isEmpty()) {
      return requests.get(step.again() % requests.size());
    }
    Origin origin = new Origin("request", step.principal());
    return Requests.of(resolved(step.command()), step.key(), origin);
  }

  /** The command with the versions that items have now, where it asks for the right ones. */
  private Command resolved(Command command) {
    if (command instanceof Command.AdjustStock c) {
      long version = version(c.store(), c.item().sku(), c.expectedVersion());
      return new Command.AdjustStock(c.item(), c.delta(), c.reason(), version);
    }
    if (command instanceof Command.ReserveStock c) {
      List<Command.ReserveLine> lines = new ArrayList<>();
      for (Command.ReserveLine line : c.lines()) {
        long version = version(c.store(), line.sku(), line.expectedVersion());
        lines.add(new Command.ReserveLine(line.sku(), line.quantity(), version));
      }
      return new Command.ReserveStock(c.reservation(), lines);
    }
    return command;
  }

  private long version(String store, String sku, long asked) {
    return asked == RandomSteps.RIGHT_VERSION ? auditor.version(store, sku) : asked;
  }

  private String answer(Decision decision, CommandRequest request) {
    if (decision instanceof Decision.Decided decided) {
      assertThat(decided.event().origin()).isEqualTo(request.origin());
      assertThat(decided.event().idempotencyKey()).isEqualTo(request.idempotencyKey());
      log.add(decided.event());
      assertThat(state.fold(decided.event(), NOW)).isEqualTo(log.size());
      return AnswerText.of(decided.event().event());
    }
    if (decision instanceof Decision.Repeated repeated) {
      return AnswerText.of(log.get((int) repeated.sequence() - 1).event());
    }
    return "KEY_REUSED";
  }

  private void applyUpTo(int sequence) {
    for (int next = (int) applied.sequence(); next < sequence; next++) {
      applied.apply(log.get(next), NOW);
    }
    state.prune(applied.sequence());
  }

  private void assertLaws(Map<StockKey, StockLevel> before) {
    Map<StockKey, Long> held = new HashMap<>();
    for (ReservationKey key : RESERVATIONS) {
      var reservation = state.reservation(key);
      if (reservation != null) {
        reservation
            .lines()
            .forEach(
                line ->
                    held.merge(new StockKey(key.store(), line.sku()), line.quantity(), Long::sum));
      }
    }
    levels()
        .forEach(
            (item, level) -> {
              assertThat(level.reserved()).isBetween(0L, level.onHand());
              assertThat(level.onHand()).isLessThanOrEqualTo(1_000_000_000_000L);
              assertThat(level.reserved()).isEqualTo(held.getOrDefault(item, 0L));
              assertOneVersionPerChange(before.get(item), level);
            });
    assertThat(levels().keySet()).containsAll(before.keySet());
  }

  private static void assertOneVersionPerChange(
      @org.jspecify.annotations.Nullable StockLevel before, StockLevel after) {
    if (before == null) {
      assertThat(after.version()).isEqualTo(1);
    } else if (!before.equals(after)) {
      assertThat(after.version()).isEqualTo(before.version() + 1);
    }
  }

  /** Added up anew, where the state under test keeps a running sum. */
  private static StateDigest digestOf(Map<StockKey, StockLevel> levels) {
    StateDigest[] digest = {StateDigest.EMPTY};
    levels.forEach((item, level) -> digest[0] = digest[0].with(item, level));
    return digest[0];
  }

  private Map<StockKey, StockLevel> levels() {
    Map<StockKey, StockLevel> levels = new HashMap<>();
    for (StockKey item : ITEMS) {
      StockLevel level = state.stock(item);
      if (level != null) {
        levels.put(item, level);
      }
    }
    return levels;
  }

  private void assertReplayLeadsToTheSameState() {
    MemoryState replayed = new MemoryState();
    log.forEach(event -> replayed.apply(event, NOW));
    assertThat(text(replayed)).as("replayed").isEqualTo(text(state));
    assertThat(replayed.allReceipts()).isEqualTo(applied.allReceipts());
    assertThat(log.stream().filter(e -> e.event() instanceof Event.ReceiptsEvicted)).isEmpty();
  }

  private static Map<String, String> text(DecisionState state) {
    return StateText.of(state, ITEMS, RESERVATIONS);
  }
}
