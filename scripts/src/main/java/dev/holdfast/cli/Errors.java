package dev.holdfast.cli;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.InvalidRequestException;
import dev.holdfast.common.client.OutcomeUnknownException;
import dev.holdfast.common.client.RejectedException;
import dev.holdfast.common.client.UnavailableException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import io.grpc.Status.Code;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an error into a line that names it, a line with the way out, and an exit code. */
final class Errors implements IExecutionExceptionHandler {
  private static final String IS_IT_UP =
      "nothing was changed; is the cluster up? see: holdfast cluster status";

  private static final String NOBODY_ANSWERS =
      "no node answers at --endpoint (or HOLDFAST_ENDPOINT); start nodes with: scripts/cluster up";

  private final PrintWriter err;

  Errors(Session session) {
    err = session.err();
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    if (thrown instanceof LostOutputException) {
      return ExitCode.SOFTWARE; // reported when the rest is flushed, for every command
    }
    String name = command.getCommandSpec().qualifiedName();
    if (thrown instanceof UsageException) {
      err.println(name + ": " + thrown.getMessage());
      err.println("see " + name + " --help");
      return ExitCode.USAGE;
    }
    if (thrown instanceof HoldfastException failure) {
      print(name, failure, wayOutOf(command.getCommand(), failure, name));
    } else if (thrown instanceof FailedException) {
      err.println(name + ": " + thrown.getMessage());
    } else if (thrown instanceof IOException || thrown instanceof UncheckedIOException) {
      err.println(name + ": " + thrown);
    } else {
      err.println(name + ": this is a bug, please report it");
      thrown.printStackTrace(err);
    }
    return ExitCode.SOFTWARE;
  }

  private void print(String name, HoldfastException failure, Optional<String> wayOut) {
    err.println(name + ": " + what(failure) + ": " + failure.getMessage());
    failure.violations().stream()
        .skip(1)
        .forEach(v -> err.println("  " + v.field() + ": " + v.description()));
    wayOut.ifPresent(text -> err.println("  " + text));
    if (failure.requestId() != null) {
      err.println("  request " + failure.requestId());
    }
  }

  private static String what(HoldfastException failure) {
    Reason reason = failure.reason();
    return reason == null ? failure.code().name() : reason.name();
  }

  private static Optional<String> wayOutOf(Object command, HoldfastException failure, String name) {
    if (failure.tlsRefusal() != null) {
      return Optional.of(TlsWaysOut.of(failure.tlsRefusal()));
    }
    return Optional.ofNullable(command.getClass().getAnnotation(OnAggregator.class))
        .flatMap(aggregator -> wayOutOf(aggregator, failure))
        .or(() -> wayOut(failure, name.endsWith("cluster status")));
  }

  private static Optional<String> wayOutOf(OnAggregator command, HoldfastException failure) {
    if (failure.reason() == Reason.NOT_FOUND) {
      return Optional.of("see what there is: " + command.whatThereIs());
    }
    if (failure instanceof OutcomeUnknownException) {
      return Optional.of(
          "it may have taken effect: check before you run it again: " + command.whatThereIs());
    }
    if (failure instanceof UnavailableException) {
      return Optional.of(
          failure.reason() == null
              ? "is the aggregator up? see --aggregator"
              : "try it again a little later; see: " + command.whatThereIs());
    }
    return Optional.empty();
  }

  private static Optional<String> wayOut(HoldfastException failure, boolean isStatus) {
    if (failure.code() == Code.UNAUTHENTICATED) {
      return Optional.of(
          "name a directory with a certificate: --cert-dir, or HOLDFAST_CERTS; or give a good"
              + " token: --token-file");
    }
    if (failure.code() == Code.UNIMPLEMENTED) {
      return Optional.of(
          "that node does not serve this; --endpoint takes store nodes, --aggregator aggregators");
    }
    if (failure instanceof OutcomeUnknownException) {
      String key = failure.metadata().get("idempotency_key");
      String same = key == null ? "with the same --key" : "with --key " + key;
      return Optional.of(
          "run it again " + same + " to learn the outcome; it will not happen twice");
    }
    if (failure instanceof UnavailableException) {
      return Optional.ofNullable(failure.reason())
          .flatMap(reason -> wayOut(reason))
          .or(() -> Optional.of(isStatus ? NOBODY_ANSWERS : IS_IT_UP));
    }
    if (failure instanceof InvalidRequestException) {
      return Optional.of("nothing was changed; correct the field and run it again");
    }
    if (failure.reason() == Reason.NOT_FOUND) {
      return Optional.of(notFound(failure.metadata()));
    }
    return failure instanceof RejectedException && failure.reason() != null
        ? wayOut(failure.reason())
        : Optional.empty();
  }

  private static String notFound(Map<String, String> facts) {
    if (facts.containsKey(Refusal.RESERVATION_ID)) {
      return "see what is open: holdfast reservation list";
    }
    return facts.containsKey(Refusal.TRANSFER_ID)
        ? "see what there is: holdfast transfer list; items of the destination: stock list"
        : "see what there is: holdfast stock list; create items: stock create";
  }

  private static Optional<String> wayOut(Reason reason) {
    return Optional.ofNullable(
        switch (reason) {
          case PERMISSION_DENIED ->
              "nothing was done; see what you may do: holdfast whoami; an admin can grant more";
          case ITEM_EXISTS -> "change what is there with: holdfast stock adjust";
          case RESERVATION_EXISTS -> "choose another --id, or confirm or release that one first";
          case RESERVATION_CLOSED -> "see what became of it: holdfast reservation get";
          case RESERVATION_EXPIRED -> "reserve again; next time with a longer --ttl, or extend it";
          case NOT_HELD -> "nothing was changed; see what it holds: holdfast reservation get";
          case LIFETIME_LIMIT -> "nothing was changed; ask for less, or confirm and reserve anew";
          case IDEMPOTENCY_KEY_REUSED -> "that key belongs to another change: use a new --key";
          case VERSION_CONFLICT -> "somebody was faster: read it again and decide anew";
          case INSUFFICIENT_STOCK ->
              "nothing was changed; ask for less, or see who holds it: holdfast explain";
          case QUANTITY_LIMIT -> "nothing was changed; a quantity is at most 1000000000000";
          case ITEM_FROZEN -> "nothing was changed; end it with: holdfast stock unfreeze";
          case STORE_FROZEN -> "nothing was changed; end it with: holdfast store unfreeze";
          case NOT_EMPTY -> "nothing was changed; sell, move or write off what is there first";
          case STALE_TOKEN -> "nothing was changed; acquire the lease again and decide anew";
          case COUNT_TOO_OLD -> "nothing was changed; count again";
          case LOCKED -> "nothing was changed; give its --token, or see: holdfast lease get";
          case READ_ONLY -> "nothing was changed; the disk of the leading node needs space";
          case LOCKS_DISABLED -> "the nodes have locks.enabled switched off";
          case HISTORY_TRUNCATED -> "start from the earliest sequence that is left, or from now";
          case HISTORY_OFF -> "ask another aggregator, or set holdfast.history.enabled there";
          case TRANSFER_EXISTS -> "choose another --id; see: holdfast transfer list --closed";
          case TRANSFER_CLOSED -> "nothing of it is in transit; see: holdfast transfer get";
          case NOT_OUTSTANDING -> "nothing was changed; see: holdfast transfer get";
          case SYNC_STOPPED -> "start it with: holdfast sync start";
          case NEEDS_NEWER_BUILD -> "nothing was changed; install the newer build on that node";
          case NOT_FOUND, // by what was not found
              UNAUTHENTICATED, // by its code
              VALIDATION,
              ORDER_TOO_LARGE,
              COUNT_OVERTAKEN,
              TOO_MANY_LEASES,
              HANDOVER_OUT_OF_ORDER,
              OVERLOADED,
              NO_LEADER,
              OUTCOME_UNKNOWN,
              STALE,
              AHEAD_OF_LOG ->
              null;
        });
  }
}
