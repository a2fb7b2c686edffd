package dev.holdfast.cli.drill.history;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.InvalidRequestException;
import dev.holdfast.common.client.OutcomeUnknownException;
import dev.holdfast.common.client.RejectedException;
import dev.holdfast.common.client.UnavailableException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The end of a call, as far as its caller can tell. */
public sealed interface Outcome {
  /** Reasons that invite to ask again, and yet tell something about the stock. */
  Set<Reason> TELLING = Set.of(Reason.LOCKED, Reason.TOO_MANY_LEASES, Reason.COUNT_OVERTAKEN);

  /** Acknowledged, or read. */
  record Answered(Message answer) implements Outcome {}

  /** Decided against, or nothing to read. */
  record Refused(String reason, Map<String, String> details) implements Outcome {
    public Refused {
      details = new TreeMap<>(details);
    }

    @Override
    public String toString() {
      return reason + " " + details;
    }
  }

  /** Without a decision. */
  enum Undecided implements Outcome {
    /** It had no effect and never will. */
    NOT_TRIED,
    /** It may have had its effect, or may yet have it. */
    UNKNOWN
  }

  /** The position in the answer to a call about one partition; null when there is none. */
  default @Nullable Position position() {
    if (!(this instanceof Answered answered)) {
      return null;
    }
    Message position = Fields.message(answered.answer, "position");
    return (Position) (position == null ? Fields.message(answered.answer, "as_of") : position);
  }

  /** The outcome of a call that failed with this exception. */
  static Outcome of(HoldfastException failure) {
    Reason reason = failure.reason();
    if (failure instanceof OutcomeUnknownException) {
      return Undecided.UNKNOWN;
    }
    if (reason == null || (failure instanceof UnavailableException && !TELLING.contains(reason))) {
      return Undecided.NOT_TRIED;
    }
    if (failure instanceof InvalidRequestException
        || failure instanceof RejectedException
        || failure instanceof UnavailableException) {
      return new Refused(reason.name(), failure.metadata());
    }
    throw new IllegalArgumentException(failure);
  }

  /** The outcome of a call that failed with this status: for callers without the Java client. */
  static Outcome of(Status status) {
    return of(HoldfastException.of(status));
  }
}
