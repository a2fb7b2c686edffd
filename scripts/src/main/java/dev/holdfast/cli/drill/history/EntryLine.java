package dev.holdfast.cli.drill.history;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.proto.log.v1.Event;

/** An event of the log as a line. */
final class EntryLine {
  private EntryLine() {}

  static String of(LogEntry entry) throws InvalidProtocolBufferException {
    JsonLine line =
        new JsonLine()
            .with("partition", entry.partition())
            .with("sequence", entry.sequence())
            .with("millis", entry.millis())
            .with("key", entry.key())
            .with("event", entry.kind().name())
            .with("store", entry.store());
    if (entry.system() != null) {
      line.with("system", entry.system());
    }
    return line.toString();
  }

  static LogEntry parse(JsonLine line) throws InvalidProtocolBufferException {
    return new LogEntry(
        (int) line.number("partition"),
        line.number("sequence"),
        line.number("millis"),
        line.need("key"),
        Event.BodyCase.valueOf(line.need("event")),
        line.need("store"),
        line.has("system") ? (Event) line.message("system", Event.getDefaultInstance()) : null);
  }
}
