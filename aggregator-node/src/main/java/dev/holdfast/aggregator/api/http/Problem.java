package dev.holdfast.aggregator.api.http;

import dev.holdfast.common.http.HttpProblems;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as problem details (RFC 9457). The HTTP status of a reason is that of the table of
 * answers; where there is no reason, the gRPC code stands for it.
 *
 * @param metadata the same facts that gRPC callers get with the reason
 * @param retryAfter when to ask again at the earliest; null when that does not help
 */
record Problem(
    int status,
    String reason,
    String detail,
    List<FieldViolation> violations,
    Map<String, String> metadata,
    @Nullable Duration retryAfter) {
  /** Where a field has another name as a parameter. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "sku_prefix",
          GlobalPaths.PREFIX,
          "from.sequence",
          HistoryPaths.FROM + HistoryPaths.SEQUENCE,
          "from.time_millis",
          HistoryPaths.FROM + HistoryPaths.TIME_MILLIS,
          "to.sequence",
          HistoryPaths.TO + HistoryPaths.SEQUENCE,
          "to.time_millis",
          HistoryPaths.TO + HistoryPaths.TIME_MILLIS,
          "moment",
          HistoryPaths.SEQUENCE,
          "moment.sequence",
          HistoryPaths.SEQUENCE,
          "moment.time_millis",
          HistoryPaths.TIME_MILLIS);

  static Problem of(Exception failure) {
    if (failure instanceof HttpResponseException http) {
      String reason = HttpProblems.reason(http.getStatus());
      String detail = Objects.requireNonNullElse(http.getMessage(), reason);
      return new Problem(http.getStatus(), reason, detail, List.of(), Map.of(), null);
    }
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return status == null || status.getCode() == Status.Code.UNKNOWN.value()
        ? internal()
        : of(status);
  }

  private static Problem internal() {
    return new Problem(500, "INTERNAL", "see the log of this node", List.of(), Map.of(), null);
  }

  private static Problem of(com.google.rpc.Status status) {
    Refusal refusal = StatusReader.refusalOf(status);
    if (refusal == null) {
      Status.Code code = Status.fromCodeValue(status.getCode()).getCode();
      return new Problem(
          httpStatus(code), code.name(), status.getMessage(), List.of(), Map.of(), null);
    }
    Reason reason = refusal.reason();
    List<FieldViolation> violations =
        StatusReader.violationsOf(status).stream().map(Problem::asParameter).toList();
    String detail = violations.isEmpty() ? refusal.message() : text(violations.get(0));
    return new Problem(
        reason.httpStatus(),
        reason.name(),
        detail,
        violations,
        refusal.metadata(),
        StatusReader.retryDelayOf(status));
  }

  private static FieldViolation asParameter(FieldViolation violation) {
    String name = PARAMETERS.getOrDefault(violation.field(), violation.field());
    return new FieldViolation(name, violation.description());
  }

  private static String text(FieldViolation violation) {
    return violation.field() + ": " + violation.description();
  }

  private static int httpStatus(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case FAILED_PRECONDITION -> 422;
      case RESOURCE_EXHAUSTED -> 429;
      case UNIMPLEMENTED -> 501;
      case CANCELLED, UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
    };
  }

  Map<String, Object> json(String requestId) {
    Map<String, Object> json = HttpProblems.json(status, reason, detail, requestId);
    if (!violations.isEmpty()) {
      json.put("violations", violations);
    }
    if (!metadata.isEmpty()) {
      json.put("metadata", metadata);
    }
    return json;
  }
}
