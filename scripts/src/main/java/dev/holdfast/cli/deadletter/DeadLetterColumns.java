package dev.holdfast.cli.deadletter;

import com.google.common.io.BaseEncoding;
import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.aggregator.v1.DeadLetter;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import java.util.List;

/** The columns of parked changes. */
final class DeadLetterColumns {
  static final List<Column<DeadLetter>> LIST =
      List.of(
          new Column<>("id", DeadLetter::getId),
          new Column<>("state", row -> ContractWords.word(row.getState())),
          new Column<>("partition", DeadLetter::getPartition),
          new Column<>("sequence", DeadLetter::getSequence),
          new Column<>("store", DeadLetter::getStore),
          new Column<>("sku", DeadLetter::getSku),
          new Column<>("attempts", DeadLetter::getAttempts),
          new Column<>("parked", row -> Moments.text(row.getParkedMillis())),
          new Column<>("last_attempt", row -> Moments.text(row.getLastAttemptMillis())),
          new Column<>("reason", DeadLetter::getReason));

  /** The same columns and the event, for which a table has no room. */
  static final List<Column<GetDeadLetterResponse>> ONE =
      Column.join(
          Column.of(GetDeadLetterResponse::getDeadLetter, LIST),
          List.of(
              new Column<>(
                  "event",
                  row -> BaseEncoding.base16().lowerCase().encode(row.getEvent().toByteArray())),
              new Column<>("event_text", GetDeadLetterResponse::getEventText)));

  private DeadLetterColumns() {}
}
