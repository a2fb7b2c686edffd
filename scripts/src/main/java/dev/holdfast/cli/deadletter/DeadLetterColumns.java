package dev.holdfast.cli.deadletter;

import com.google.common.base.Ascii;
import com.google.common.io.BaseEncoding;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.aggregator.v1.DeadLetter;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import java.util.ArrayList;
import java.util.List;

/** The columns of parked changes. */
final class DeadLetterColumns {
  static final List<Column<DeadLetter>> LIST =
      List.of(
          new Column<>("id", DeadLetter::getId),
          new Column<>("state", DeadLetterColumns::state),
          new Column<>("partition", DeadLetter::getPartition),
          new Column<>("sequence", DeadLetter::getSequence),
          new Column<>("store", DeadLetter::getStore),
          new Column<>("sku", DeadLetter::getSku),
          new Column<>("attempts", DeadLetter::getAttempts),
          new Column<>("parked", row -> Moments.text(row.getParkedMillis())),
          new Column<>("last_attempt", row -> Moments.text(row.getLastAttemptMillis())),
          new Column<>("reason", DeadLetter::getReason));

  /** The same with the event, which a table has no room for. */
  static final List<Column<GetDeadLetterResponse>> ONE = one();

  private DeadLetterColumns() {}

  private static List<Column<GetDeadLetterResponse>> one() {
    List<Column<GetDeadLetterResponse>> columns = new ArrayList<>();
    for (Column<DeadLetter> column : LIST) {
      columns.add(
          new Column<>(column.name(), answer -> column.value().apply(answer.getDeadLetter())));
    }
    columns.add(
        new Column<>(
            "event",
            answer -> BaseEncoding.base16().lowerCase().encode(answer.getEvent().toByteArray())));
    columns.add(new Column<>("event_text", GetDeadLetterResponse::getEventText));
    return List.copyOf(columns);
  }

  private static String state(DeadLetter letter) {
    return Ascii.toLowerCase(letter.getState().name().replace("DEAD_LETTER_STATE_", ""));
  }
}
