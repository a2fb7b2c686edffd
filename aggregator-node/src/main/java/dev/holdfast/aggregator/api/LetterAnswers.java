package dev.holdfast.aggregator.api;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.LetterState;
import dev.holdfast.common.codec.CorruptBatchException;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.proto.aggregator.v1.DeadLetterState;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersResponse;
import java.util.List;

/** From dead letters to responses. */
final class LetterAnswers {
  private static final String CUT = "\n... cut here: it is too long for an answer";

  private LetterAnswers() {}

  static ListDeadLettersResponse page(List<DeadLetter> letters, int size) {
    var page = ListDeadLettersResponse.newBuilder();
    letters.forEach(letter -> page.addDeadLetters(letter(letter)));
    if (letters.size() == size) {
      page.setNextPageToken(LetterToken.of(letters.get(size - 1).id()));
    }
    return page.build();
  }

  static GetDeadLetterResponse one(DeadLetter letter, ByteString event) {
    return GetDeadLetterResponse.newBuilder()
        .setDeadLetter(letter(letter))
        .setEvent(event)
        .setEventText(text(event))
        .build();
  }

  /** As much as fits beside the event itself: as text it takes several times the room. */
  private static String text(ByteString event) {
    ByteString text = ByteString.copyFromUtf8(wholeText(event));
    int room = Math.max(0, GlobalStockService.ANSWER_BYTES_MAX - event.size());
    if (text.size() <= room) {
      return text.toStringUtf8();
    }
    String start = text.substring(0, room).toStringUtf8();
    return start.substring(0, Math.max(0, start.length() - 1)) + CUT; // maybe half a character
  }

  private static String wholeText(ByteString event) {
    try {
      return RawEvents.text(event.toByteArray());
    } catch (CorruptBatchException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static dev.holdfast.proto.aggregator.v1.DeadLetter letter(DeadLetter letter) {
    return dev.holdfast.proto.aggregator.v1.DeadLetter.newBuilder()
        .setId(letter.id().text())
        .setState(state(letter.state()))
        .setPartition(letter.id().partition())
        .setSequence(letter.id().sequence())
        .setStore(letter.id().item().store())
        .setSku(letter.id().item().sku())
        .setReason(letter.isOpen() ? letter.reason() : letter.discardReason())
        .setAttempts(letter.attempts())
        .setParkedMillis(letter.parkedMillis())
        .setLastAttemptMillis(letter.lastAttemptMillis())
        .build();
  }

  private static DeadLetterState state(LetterState state) {
    return switch (state) {
      case RETRYING -> DeadLetterState.DEAD_LETTER_STATE_RETRYING;
      case PARKED -> DeadLetterState.DEAD_LETTER_STATE_PARKED;
      case WAITING -> DeadLetterState.DEAD_LETTER_STATE_WAITING;
      case DISCARDED -> DeadLetterState.DEAD_LETTER_STATE_DISCARDED;
    };
  }
}
