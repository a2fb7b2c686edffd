package dev.holdfast.aggregator.storage;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.ChangeCounts;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.EventStamp;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterState;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.proto.log.v1.ChangesRecord;
import dev.holdfast.proto.log.v1.LetterRecord;
import dev.holdfast.proto.log.v1.ParkedRecord;

/** The values of dead letters. Formats are forever; golden bytes stand in the tests. */
final class LetterRecordCodec {
  private LetterRecordCodec() {}

  static byte[] encode(DeadLetter letter) {
    return LetterRecord.newBuilder()
        .setState(toProto(letter.state()))
        .setReason(letter.reason())
        .setDiscardReason(letter.discardReason())
        .setAttempts(letter.attempts())
        .setParkedMillis(letter.parkedMillis())
        .setLastAttemptMillis(letter.lastAttemptMillis())
        .setRetryMillis(letter.retryMillis())
        .setTimeMillis(letter.stamp().timeMillis())
        .setPrincipal(letter.stamp().origin().principal())
        .setRequestId(letter.stamp().origin().requestId())
        .build()
        .toByteArray();
  }

  /** The event that a letter of format 4 holds; empty since format 5. */
  static ByteString event(byte[] letter) {
    return StoredMessage.read(letter, LetterRecord.parser(), "letter", LetterRecord::getEvent);
  }

  static DeadLetter letter(LetterId id, byte[] bytes) {
    return StoredMessage.read(
        bytes,
        LetterRecord.parser(),
        "letter",
        record ->
            new DeadLetter(
                id,
                fromProto(record.getState()),
                record.getReason(),
                record.getDiscardReason(),
                record.getAttempts(),
                record.getParkedMillis(),
                record.getLastAttemptMillis(),
                record.getRetryMillis(),
                new EventStamp(
                    record.getTimeMillis(),
                    new Origin(record.getRequestId(), record.getPrincipal()))));
  }

  private static LetterRecord.State toProto(LetterState state) {
    return switch (state) {
      case RETRYING -> LetterRecord.State.STATE_RETRYING;
      case PARKED -> LetterRecord.State.STATE_PARKED;
      case WAITING -> LetterRecord.State.STATE_WAITING;
      case DISCARDED -> LetterRecord.State.STATE_DISCARDED;
    };
  }

  private static LetterState fromProto(LetterRecord.State state) {
    return switch (state) {
      case STATE_RETRYING -> LetterState.RETRYING;
      case STATE_PARKED -> LetterState.PARKED;
      case STATE_WAITING -> LetterState.WAITING;
      case STATE_DISCARDED -> LetterState.DISCARDED;
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown state of a letter");
    };
  }

  static byte[] encodeParked(long changes) {
    return ParkedRecord.newBuilder().setChanges(changes).build().toByteArray();
  }

  static long parked(byte[] bytes) {
    return StoredMessage.read(bytes, ParkedRecord.parser(), "parked", ParkedRecord::getChanges);
  }

  static byte[] encode(ChangeCounts counts) {
    return ChangesRecord.newBuilder()
        .setRead(counts.read())
        .setApplied(counts.applied())
        .setParked(counts.parked())
        .setDiscarded(counts.discarded())
        .build()
        .toByteArray();
  }

  static ChangeCounts counts(byte[] bytes) {
    return StoredMessage.read(
        bytes,
        ChangesRecord.parser(),
        "changes",
        record ->
            new ChangeCounts(
                record.getRead(), record.getApplied(), record.getParked(), record.getDiscarded()));
  }
}
