package dev.holdfast.common.client;

import com.google.common.primitives.ImmutableIntArray;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a batch that go to one partition. Those that were not decided are sent again, in
 * their order, one call at a time, until all are decided or the time is over.
 */
final class BatchPart {
  private static final Pattern COMMAND_INDEX = Pattern.compile("^commands\\[(\\d{1,6})]");

  private final Calls calls;
  private final List<Command> commands;
  private final CommandOutcome[] outcomes;
  private final long startedNanos = System.nanoTime();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  // One call runs at a time; the transport and the timer order the accesses.
  private final BitSet mayHaveHappened = new BitSet();
  private ImmutableIntArray open;
  private int callsDone;

  BatchPart(
      Calls calls, List<Command> commands, ImmutableIntArray places, CommandOutcome[] outcomes) {
    this.calls = calls;
    this.commands = commands;
    this.open = places;
    this.outcomes = outcomes;
  }

  CompletableFuture<Void> start() {
    submit();
    return done;
  }

  private void submit() {
    SubmitBatchRequest.Builder request = SubmitBatchRequest.newBuilder();
    open.forEach(place -> request.addCommands(commands.get(place)));
    String store = Keyed.storeOf(commands.get(open.get(0)));
    var unused =
        calls
            .since(startedNanos)
            .start(Operation.SUBMIT_BATCH, store, request.build())
            .whenComplete(this::answered);
  }

  /** Whatever happens here, the caller hears of the end. */
  private void answered(@Nullable SubmitBatchResponse response, @Nullable Throwable thrown) {
    try {
      take(response, thrown);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
      throw e;
    }
  }

  private void take(@Nullable SubmitBatchResponse response, @Nullable Throwable thrown) {
    callsDone++;
    if (response != null) {
      take(response);
    } else if (thrown instanceof InvalidRequestException invalid) {
      done.completeExceptionally(withOwnPlaces(invalid));
    } else if (thrown instanceof RejectedException) {
      done.completeExceptionally(thrown);
    } else if (thrown instanceof HoldfastException undecided) {
      giveUp(undecided);
    } else {
      done.completeExceptionally(new IllegalStateException("neither answer nor failure", thrown));
    }
  }

  private void take(SubmitBatchResponse response) {
    if (response.getOutcomesCount() != open.length()) {
      String counts = response.getOutcomesCount() + " outcomes for " + open.length() + " commands";
      done.completeExceptionally(new IllegalStateException(counts));
      return;
    }
    ImmutableIntArray.Builder undecided = ImmutableIntArray.builder();
    Failure last = null;
    for (int i = 0; i < open.length(); i++) {
      Failure failure = note(open.get(i), response.getOutcomes(i));
      if (failure != null) {
        undecided.add(open.get(i));
        last = failure;
      }
    }
    open = undecided.build();
    if (last == null) {
      done.complete(null);
    } else {
      submitLater(last);
    }
  }

  /** Keeps an outcome; returns the failure when it leaves the command undecided. */
  private @Nullable Failure note(int place, CommandOutcome outcome) {
    outcomes[place] = outcome;
    if (!outcome.hasError()) {
      return null;
    }
    Failure failure = Failure.of(outcome.getError());
    Verdict verdict = Verdict.of(failure);
    if (verdict == Verdict.UNKNOWN) {
      mayHaveHappened.set(place);
    }
    return verdict == Verdict.FINAL ? null : failure;
  }

  private void submitLater(Failure last) {
    calls.router().onLost();
    long pauseMillis = calls.patience().pauseMillis(callsDone, last);
    if (calls.patience().isOver(startedNanos, pauseMillis)) {
      giveUp(HoldfastException.of(last));
      return;
    }
    try {
      var unused = calls.timer().schedule(this::submit, pauseMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      giveUp(HoldfastException.of(last));
    }
  }

  /** The commands that are still open get the failure as their outcome. */
  private void giveUp(HoldfastException last) {
    Failure notTried = Failure.of(last.status());
    boolean unknown = last instanceof OutcomeUnknownException;
    open.forEach(
        place -> {
          Failure failure =
              unknown || mayHaveHappened.get(place) ? notTried.asUnknown("") : notTried;
          outcomes[place] = CommandOutcome.newBuilder().setError(failure.status()).build();
        });
    done.complete(null);
  }

  /** The server counts the commands of this part; the caller knows those of the whole batch. */
  private InvalidRequestException withOwnPlaces(InvalidRequestException invalid) {
    if (invalid.violations().isEmpty()) {
      return invalid;
    }
    List<FieldViolation> violations = invalid.violations().stream().map(this::inBatch).toList();
    return new InvalidRequestException(Failure.of(Statuses.invalid(violations)));
  }

  private FieldViolation inBatch(FieldViolation violation) {
    Matcher index = COMMAND_INDEX.matcher(violation.field());
    if (!index.find()) {
      return violation;
    }
    int place = open.get(Integer.parseInt(index.group(1)));
    String field = "commands[" + place + "]" + violation.field().substring(index.end());
    return new FieldViolation(field, violation.description());
  }
}
