package dev.holdfast.common.client;

import com.google.common.primitives.ImmutableIntArray;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
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
 * their order, one call at a time, until all are decided or the time is over. Each call is one try:
 * only here is it known of which commands an earlier try may have had its effect.
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
  private boolean lastCallFailed;

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

  /** Also runs on the timer, which would swallow exceptions. */
  private void submit() {
    try {
      submitOpen();
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  private void submitOpen() {
    SubmitBatchRequest.Builder request = SubmitBatchRequest.newBuilder();
    open.forEach(place -> request.addCommands(commands.get(place)));
    var unused =
        calls
            .once()
            .start(
                Operation.mutation(InventoryServiceGrpc.getSubmitBatchMethod()),
                store(),
                request.build())
            .whenComplete(this::answered);
  }

  /** Returns null, for any node, after a failed call: the known leader may be wrong. */
  private @Nullable String store() {
    return lastCallFailed
        ? null
        : RequestFields.store(RequestFields.operation(commands.get(open.get(0))));
  }

  /** Completes the future in any case. */
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
    lastCallFailed = response == null;
    if (response != null) {
      take(response);
    } else if (thrown instanceof HoldfastException failed) {
      take(failed);
    } else {
      done.completeExceptionally(new IllegalStateException("neither answer nor failure", thrown));
    }
  }

  /** No command of this call was decided; earlier calls may have had their effect all the same. */
  private void take(HoldfastException failed) {
    boolean isFinal =
        failed instanceof InvalidRequestException || failed instanceof RejectedException;
    if (failed instanceof OutcomeUnknownException) {
      open.forEach(mayHaveHappened::set);
    }
    if (!isFinal) {
      submitLater(failed.failure());
    } else if (!mayHaveHappened.isEmpty()) {
      giveUp(failed.failure());
    } else if (failed instanceof InvalidRequestException invalid) {
      done.completeExceptionally(withOwnPlaces(invalid));
    } else {
      done.completeExceptionally(failed);
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

  /** Records an outcome; returns the failure if it leaves the command undecided. */
  private @Nullable Failure note(int place, CommandOutcome outcome) {
    outcomes[place] = outcome;
    if (!outcome.hasError()) {
      return null;
    }
    Failure failure = Failure.of(outcome.getError());
    FailureKind kind = FailureKind.of(failure);
    if (kind == FailureKind.UNKNOWN) {
      mayHaveHappened.set(place);
    }
    if (kind == FailureKind.FINAL
        && mayHaveHappened.get(place)
        && failure.isBlindToEarlierTries()) {
      outcomes[place] = unknown(place, failure);
    }
    return kind == FailureKind.FINAL ? null : failure;
  }

  private void submitLater(Failure last) {
    calls.router().onLost();
    long pauseMillis = calls.patience().pauseMillis(callsDone, last);
    if (calls.patience().isOver(startedNanos, pauseMillis) || calls.router().isHopeless()) {
      giveUp(last);
      return;
    }
    try {
      var unused = calls.timer().schedule(this::submit, pauseMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      giveUp(last);
    }
  }

  /** Tells each open command why it is open: what a node said of it, else why the call failed. */
  private void giveUp(Failure last) {
    open.forEach(
        place -> {
          CommandOutcome told = outcomes[place];
          Failure own = told == null ? last : Failure.of(told.getError());
          outcomes[place] =
              mayHaveHappened.get(place)
                  ? unknown(place, own)
                  : CommandOutcome.newBuilder().setError(own.status()).build();
        });
    done.complete(null);
  }

  private CommandOutcome unknown(int place, Failure last) {
    String key = RequestFields.key(RequestFields.operation(commands.get(place)));
    return CommandOutcome.newBuilder().setError(last.asUnknown(key).status()).build();
  }

  /** Translates command indexes of this part into those of the whole batch. */
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
