package dev.holdfast.cli.drill.check;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.LogEntry;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.cli.drill.model.Moment;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.log.v1.CommandRejected;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.StateDigestRecorded;
import dev.holdfast.proto.log.v1.StockAdjusted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A partition that decides on the model, keeps receipts and writes a log. */
final class SimulatedPartition {
  private static final Set<String> FOR_NOW = Set.of("LOCKED", "STALE_TOKEN");

  private record Receipt(Message payload, Outcome outcome) {}

  private final int number;
  private final EventLog log;
  private final Map<String, Receipt> receipts = new HashMap<>();
  final Model model = new Model(Settings.DEFAULT);
  private long sequence;

  SimulatedPartition(int number, EventLog log) {
    this.number = number;
    this.log = log;
  }

  long sequence() {
    return sequence;
  }

  Moment moment(long millis) {
    return new Moment(millis, sequence + 1);
  }

  /** What a key was answered with before; null when it is new. */
  @Nullable Outcome recall(Message request) {
    Receipt receipt = receipts.get(Fields.key(request));
    if (receipt == null) {
      return null;
    }
    if (!receipt.payload().equals(payload(request))) {
      return new Outcome.Refused("IDEMPOTENCY_KEY_REUSED", Map.of());
    }
    return receipt.outcome() instanceof Outcome.Answered answered
        ? new Outcome.Answered(earlier(answered.answer()))
        : receipt.outcome();
  }

  private static Message payload(Message request) {
    return Fields.without(request, List.of("idempotency_key", "fencing_tokens"));
  }

  private static Message earlier(Message answer) {
    FieldDescriptor field = answer.getDescriptorForType().findFieldByName("earlier");
    EarlierAnswer earlier = EarlierAnswer.newBuilder().setDecidedMillis(1).build();
    return field == null ? answer : answer.toBuilder().setField(field, earlier).build();
  }

  /** Records a decision, and completes its answer. */
  Outcome record(Message request, Outcome outcome, long millis) {
    if (outcome instanceof Outcome.Refused refused && FOR_NOW.contains(refused.reason())) {
      return outcome;
    }
    append(event(request, outcome), millis);
    Outcome told =
        outcome instanceof Outcome.Answered answered
            ? new Outcome.Answered(positioned(answered.answer(), "position", sequence))
            : outcome;
    remember(request, told);
    return told;
  }

  void remember(Message request, Outcome told) {
    receipts.put(Fields.key(request), new Receipt(payload(request), told));
  }

  private static Event event(Message request, Outcome outcome) {
    String store = Fields.store(request);
    Event.Builder event = Event.newBuilder().setIdempotencyKey(Fields.key(request));
    return outcome instanceof Outcome.Refused
        ? event.setCommandRejected(CommandRejected.newBuilder().setStore(store)).build()
        : event.setStockAdjusted(StockAdjusted.newBuilder().setStore(store)).build();
  }

  void append(Event event, long millis) {
    log.add(LogEntry.of(number, ++sequence, millis, event));
  }

  void appendDigest(long millis) {
    append(
        Event.newBuilder().setStateDigestRecorded(StateDigestRecorded.getDefaultInstance()).build(),
        millis);
  }

  Message positioned(Message answer, String name, long at) {
    Position position = Position.newBuilder().setPartition(number).setSequence(at).build();
    FieldDescriptor field = answer.getDescriptorForType().findFieldByName(name);
    Message.Builder builder = answer.toBuilder();
    return field.isRepeated()
        ? builder.addRepeatedField(field, position).build()
        : builder.setField(field, position).build();
  }
}
