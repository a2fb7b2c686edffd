package dev.holdfast.cli.drill.history;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Locale;

/**
 * A call as a line: client, begin_nanos, end_nanos, kind, request, and one of answer, refused (with
 * details) and undecided.
 */
final class CallLine {
  private CallLine() {}

  static String of(Call call) throws InvalidProtocolBufferException {
    JsonLine line =
        new JsonLine()
            .with("client", call.client())
            .with("begin_nanos", call.beginNanos())
            .with("end_nanos", call.endNanos())
            .with("kind", call.kind().name())
            .with("request", call.request());
    if (call.outcome() instanceof Outcome.Answered answered) {
      line.with("answer", answered.answer());
    } else if (call.outcome() instanceof Outcome.Refused refused) {
      line.with("refused", refused.reason()).with("details", refused.details());
    } else {
      line.with("undecided", call.outcome().toString());
    }
    return line.toString();
  }

  static Call parse(JsonLine line) throws InvalidProtocolBufferException {
    Kind kind = Kind.valueOf(line.need("kind").toUpperCase(Locale.ROOT));
    Message request = line.message("request", kind.request());
    return new Call(
        (int) line.number("client"),
        line.number("begin_nanos"),
        line.number("end_nanos"),
        request,
        outcome(line, kind));
  }

  private static Outcome outcome(JsonLine line, Kind kind) throws InvalidProtocolBufferException {
    if (line.has("answer")) {
      return new Outcome.Answered(line.message("answer", kind.answer()));
    }
    return line.has("refused")
        ? new Outcome.Refused(line.need("refused"), line.texts("details"))
        : Outcome.Undecided.valueOf(line.need("undecided"));
  }
}
