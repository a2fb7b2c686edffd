package dev.holdfast.store.api.inventory;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.holdfast.common.server.AnswerBudget;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.List;

/**
 * Answers to batches that every client can take. A small command may have a large answer, and a
 * client that refuses it does not learn what became of commands that were all decided: so what each
 * came to is always told, and the rest as far as there is room.
 */
final class ShortAnswers {
  private static final int BYTES_MAX = AnswerBudget.ANSWER_BYTES_MAX;

  /** Of a message that is shortened; enough to name an item. */
  private static final int MESSAGE_CHARS_MAX = 40;

  private ShortAnswers() {}

  static SubmitBatchResponse fitting(List<CommandOutcome> outcomes) {
    SubmitBatchResponse whole = SubmitBatchResponse.newBuilder().addAllOutcomes(outcomes).build();
    return whole.getSerializedSize() <= BYTES_MAX ? whole : shortened(outcomes);
  }

  private static SubmitBatchResponse shortened(List<CommandOutcome> outcomes) {
    SubmitBatchResponse.Builder response = SubmitBatchResponse.newBuilder().setShortened(true);
    outcomes.forEach(outcome -> response.addOutcomes(shortened(outcome)));
    return response.build();
  }

  private static CommandOutcome shortened(CommandOutcome outcome) {
    CommandOutcome.Builder shorter = CommandOutcome.newBuilder();
    return outcome.hasError()
        ? shorter.setError(shortened(outcome.getError())).build()
        : shorter.setAccepted(shortened(outcome.getAccepted())).build();
  }

  private static Accepted shortened(Accepted accepted) {
    return accepted.toBuilder().clearStock().clearShortfalls().build();
  }

  private static Status shortened(Status error) {
    String message = error.getMessage();
    Status.Builder shorter =
        Status.newBuilder()
            .setCode(error.getCode())
            .setMessage(message.substring(0, Math.min(message.length(), MESSAGE_CHARS_MAX)));
    for (Any detail : error.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        shorter.addDetails(withoutMetadata(detail));
      }
    }
    return shorter.build();
  }

  private static Any withoutMetadata(Any info) {
    try {
      return Any.pack(info.unpack(ErrorInfo.class).toBuilder().clearMetadata().build());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("statuses are made by this node or by one like it", e);
    }
  }
}
