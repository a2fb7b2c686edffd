package dev.holdfast.aggregator.source;

import dev.holdfast.aggregator.ingest.FeedDefect;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import io.grpc.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads why a replica ended a feed. */
final class FeedErrors {
  private FeedErrors() {}

  /** The defect that an error tells of; empty when trying again may help. */
  static Optional<FeedDefect> defect(@Nullable Throwable cause) {
    Refusal refusal = cause == null ? null : StatusReader.refusalOf(cause);
    if (refusal == null) {
      return Optional.empty();
    }
    if (refusal.reason() == Reason.HISTORY_TRUNCATED) {
      return Optional.of(new FeedDefect(FeedDefect.Kind.HISTORY_TRUNCATED, refusal.message()));
    }
    return refusal.reason() == Reason.AHEAD_OF_LOG
        ? Optional.of(new FeedDefect(FeedDefect.Kind.AHEAD_OF_LOG, refusal.message()))
        : Optional.empty();
  }

  static String text(@Nullable Throwable cause) {
    if (cause == null) {
      return "the replica ended the feed";
    }
    Status status = Status.fromThrowable(cause);
    return status.getCode()
        + (status.getDescription() == null ? "" : ": " + status.getDescription());
  }
}
