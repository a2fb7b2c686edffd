package dev.holdfast.store.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.DigestProgress;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.decide.state.SpeculativeState;
import dev.holdfast.store.testing.AnswerText;
import dev.holdfast.store.testing.Auditor;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import dev.holdfast.store.testing.StateText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Takes a history through the dispatcher, on speculative state above applied state that lags
 * behind, and through the auditor, and compares the answer and the whole state after every step.
 */
final class AuditedHistory {
  private static final List<StockKey> ITEMS = RandomSteps.allItems();
  private static final List<ReservationKey> RESERVATIONS = RandomSteps.allReservations();
  private static final long START = 1_700_000_000_000L;
  private static final long STEP_MILLIS = 300;
  private static final long STALE_TOKEN = 1;
  private static final List<TransferKey> TRANSFERS = RandomTransfers.allTransfers();

  private final Auditor auditor = new Auditor();
  private final MemoryState applied = new MemoryState();
  private final SpeculativeState state =
      new SpeculativeState(applied, applied.leases(), 0, DigestProgress.NONE);
  private final List<RecordedEvent> log = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final List<CommandRequest> requests = new ArrayList<>();
  private final BiConsumer<Command, Event> answered;
  private long now = START;

  AuditedHistory() {
    this((command, event) -> {});
  }

  /**
   * @param answered hears every event that is an answer
   */
  AuditedHistory(BiConsumer<Command, Event> answered) {
    this.answered = answered;
  }

  void run(List<RandomSteps.Step> steps) {
    for (Command command : RandomSteps.OPENING) {
      take(RandomSteps.Step.of(command));
    }
    steps.forEach(this::take);
    applyUpTo(log.size());
    assertThat(text(applied)).as("applied state").isEqualTo(auditor.state(moment()));
    assertReplayLeadsToTheSameState();
  }

  private void take(RandomSteps.Step step) {
    now += step.applies() * STEP_MILLIS;
    applyUpTo(Math.min(log.size(), (int) applied.sequence() + step.applies()));
    CommandRequest request = request(step);
    requests.add(request);
    Map<StockKey, StockLevel> before = levels();

    String expected = auditor.answer(request, moment());
    String answer = answer(Dispatcher.decide(request, state, moment()), request);

    assertThat(answer).as("%s", request).isEqualTo(expected);
    assertThat(text(state)).as("after %s", request).isEqualTo(auditor.state(moment()));
    assertThat(state.digest()).as("after %s", request).isEqualTo(digestOf(levels()));
    int changesMax = request.command() instanceof SubmitOrder o ? o.operations().size() : 1;
    assertLaws(before, changesMax);
  }

  private CommandRequest request(RandomSteps.Step step) {
    if (step.again() != RandomSteps.Step.NEW && !requests.isEmpty()) {
      return requests.get(step.again() % requests.size());
    }
    Origin origin = new Origin("request", step.principal());
    Command command = resolved(step.command());
    if (RandomTransfers.isOfSystem(command)) {
      return Requests.of(command, "", origin);
    }
    if (command instanceof Command.ExpireReservation) {
      return new CommandRequest(command, origin, "", "", 0, List.of());
    }
    CommandRequest plain = Requests.of(command, step.key(), origin);
    List<Long> tokens =
        switch (step.tokens()) {
          case NONE -> List.of();
          case RIGHT -> auditor.tokens(command, moment());
          case ONE -> auditor.tokens(command, moment()).stream().limit(1).toList();
          case STALE -> List.of(STALE_TOKEN);
        };
    return new CommandRequest(
        command, origin, plain.reference(), step.key(), plain.fingerprint(), tokens);
  }

  /** The command of a transfer with the numbers that are due now. */
  private Command resolved(TransferCommand command) {
    if (command instanceof TransferCommand.CreditTransfer c) {
      return RandomTransfers.numbered(c, auditor.takenNumber());
    }
    if (command instanceof TransferCommand.SettleHandover c) {
      return RandomTransfers.numbered(c, auditor.settledNumber());
    }
    return command;
  }

  /** The command with the versions that items have now, where it asks for the right ones. */
  private Command resolved(Command command) {
    if (command instanceof TransferCommand transfer) {
      return resolved(transfer);
    }
    if (command instanceof Command.AdjustStock c) {
      long version = version(c.store(), c.item().sku(), c.expectedVersion());
      return new Command.AdjustStock(c.item(), c.delta(), c.reason(), version, c.recordShortfall());
    }
    if (command instanceof Command.OfReservation c) {
      return resolvedReservation(c);
    }
    if (command instanceof SubmitOrder c) {
      List<Command.Mutation> operations =
          c.operations().stream().map(operation -> (Command.Mutation) resolved(operation)).toList();
      return new SubmitOrder(c.store(), operations);
    }
    return resolvedTerms(command);
  }

  private Command resolvedReservation(Command.OfReservation command) {
    if (command instanceof Command.ReserveStock c) {
      return new Command.ReserveStock(
          c.reservation(), resolved(c.store(), c.lines()), c.mode(), c.terms());
    }
    if (command instanceof Command.ReplaceReservation c) {
      long version = version(c.reservation(), c.expectedVersion());
      return new Command.ReplaceReservation(
          c.reservation(), resolved(c.store(), c.lines()), c.mode(), version);
    }
    if (command instanceof Command.ConfirmReservation c) {
      long version = version(c.reservation(), c.expectedVersion());
      return new Command.ConfirmReservation(c.reservation(), c.lines(), c.keepRest(), version);
    }
    if (command instanceof Command.ReleaseReservation c) {
      long version = version(c.reservation(), c.expectedVersion());
      return new Command.ReleaseReservation(c.reservation(), c.lines(), version);
    }
    if (command instanceof Command.ExtendReservation c) {
      long version = version(c.reservation(), c.expectedVersion());
      return new Command.ExtendReservation(c.reservation(), c.ttlMillis(), version);
    }
    return command;
  }

  private List<Command.ReserveLine> resolved(String store, List<Command.ReserveLine> lines) {
    List<Command.ReserveLine> resolved = new ArrayList<>();
    for (Command.ReserveLine line : lines) {
      long version = version(store, line.sku(), line.expectedVersion());
      resolved.add(new Command.ReserveLine(line.sku(), line.quantity(), version));
    }
    return resolved;
  }

  private long version(ReservationKey key, long asked) {
    return asked == RandomSteps.RIGHT_VERSION
        ? auditor.reservationVersion(key.store(), key.reservationId())
        : asked;
  }

  private Command resolvedTerms(Command command) {
    if (command instanceof TermsCommand.SetSafetyStock c) {
      long version = version(c.store(), c.item().sku(), c.expectedVersion());
      return new TermsCommand.SetSafetyStock(c.item(), c.quantity(), version);
    }
    if (command instanceof TermsCommand.SetItemFrozen c) {
      long version = version(c.store(), c.item().sku(), c.expectedVersion());
      return new TermsCommand.SetItemFrozen(c.item(), c.frozen(), version);
    }
    if (command instanceof TermsCommand.DeleteItem c) {
      return new TermsCommand.DeleteItem(
          c.item(), version(c.store(), c.item().sku(), c.expectedVersion()));
    }
    if (command instanceof CountStock c) {
      long version = version(c.store(), c.item().sku(), c.expectedVersion());
      return new CountStock(c.item(), c.counted(), version, c.countedMillis(), c.book());
    }
    return resolvedLease(command);
  }

  private Command resolvedLease(Command command) {
    if (command instanceof LeaseCommand.RenewLease c && c.token() == RandomSteps.RIGHT_VERSION) {
      return new LeaseCommand.RenewLease(c.item(), token(c), c.ttlMillis());
    }
    if (command instanceof LeaseCommand.ReleaseLease c && c.token() == RandomSteps.RIGHT_VERSION) {
      return new LeaseCommand.ReleaseLease(c.item(), token(c));
    }
    return command;
  }

  /** The one that counts, or one that never did. */
  private long token(LeaseCommand command) {
    Command touching = new TermsCommand.DeleteItem(command.item(), Command.ANY_VERSION);
    return auditor.tokens(touching, moment()).stream().findFirst().orElse(STALE_TOKEN);
  }

  private Moment moment() {
    return new Moment(now, log.size() + 1L);
  }

  private long version(String store, String sku, long asked) {
    return asked == RandomSteps.RIGHT_VERSION ? auditor.version(store, sku) : asked;
  }

  private String answer(Decision decision, CommandRequest request) {
    if (decision instanceof Decision.Decided decided) {
      assertThat(decided.event().origin()).isEqualTo(request.origin());
      assertThat(decided.event().idempotencyKey()).isEqualTo(request.idempotencyKey());
      log.add(decided.event());
      times.add(now);
      assertThat(state.fold(decided.event(), now)).isEqualTo(log.size());
      return answer(decided.event(), request);
    }
    if (decision instanceof Decision.WithEvent other) {
      return answer(other.event(), request);
    }
    if (decision instanceof Decision.Repeated repeated) {
      return answer(log.get((int) repeated.sequence() - 1), request);
    }
    return "KEY_REUSED";
  }

  private String answer(RecordedEvent event, CommandRequest request) {
    answered.accept(request.command(), event.event());
    return AnswerText.of(event.event());
  }

  private void applyUpTo(int sequence) {
    for (int next = (int) applied.sequence(); next < sequence; next++) {
      applied.apply(log.get(next), times.get(next));
    }
    state.prune(applied.sequence());
  }

  private void assertLaws(Map<StockKey, StockLevel> before, int changesMax) {
    Map<StockKey, Long> held = new HashMap<>();
    for (ReservationKey key : RESERVATIONS) {
      if (state.reservation(key) instanceof Reservation.Open open) {
        assertThat(open.lines()).isNotEmpty();
        open.lines()
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
              assertOneVersionPerChange(before.get(item), level, changesMax);
            });
    assertThat(levels().keySet()).containsAll(before.keySet());
    assertThat(netShipped()).isEqualTo(RandomTransfers.unitsOnTheWay(state.transfers()));
  }

  private long netShipped() {
    return levels().values().stream().mapToLong(StockLevel::netShipped).sum();
  }

  /** An order may change an item several times. */
  private static void assertOneVersionPerChange(
      @org.jspecify.annotations.Nullable StockLevel before, StockLevel after, int changesMax) {
    if (before == null) {
      assertThat(after.version()).isEqualTo(1);
    } else if (!before.equals(after)) {
      assertThat(after.version()).isBetween(before.version() + 1, before.version() + changesMax);
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
    for (int i = 0; i < log.size(); i++) {
      replayed.apply(log.get(i), times.get(i));
    }
    assertThat(text(replayed)).as("replayed").isEqualTo(text(state));
    assertThat(replayed.allReceipts()).isEqualTo(applied.allReceipts());
    assertThat(log.stream().filter(e -> e.event() instanceof Event.ReceiptsEvicted)).isEmpty();
  }

  private Map<String, String> text(DecisionState state) {
    Map<String, String> text = StateText.of(state, ITEMS, RESERVATIONS, now);
    text.putAll(StateText.ofTransfers(state, ITEMS, TRANSFERS));
    return text;
  }
}
