package dev.holdfast.cli.drill.history;

import com.google.protobuf.Message;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.EventBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of a partition's log, as far as checkers need it.
 *
 * @param millis log time of the event
 * @param key idempotency key of the command; empty when it had none, or nobody asked for it
 * @param store the store whose stock or terms the event is about; empty for events of the whole
 *     partition
 * @param system the whole event when the system itself asked for it; otherwise null
 */
public record LogEntry(
    int partition,
    long sequence,
    long millis,
    String key,
    Event.BodyCase kind,
    String store,
    @Nullable Event system) {

  /** The events of a batch, as the feed delivers them. */
  public static List<LogEntry> of(EventBatch batch) {
    List<LogEntry> entries = new ArrayList<>(batch.getEventsCount());
    for (Event event : batch.getEventsList()) {
      entries.add(
          of(
              batch.getPartition(),
              batch.getFirstSequence() + entries.size(),
              batch.getTimeMillis(),
              event));
    }
    return entries;
  }

  public static LogEntry of(int partition, long sequence, long millis, Event event) {
    Message body =
        (Message)
            event.getField(
                Event.getDescriptor().findFieldByNumber(event.getBodyCase().getNumber()));
    return new LogEntry(
        partition,
        sequence,
        millis,
        event.getIdempotencyKey(),
        event.getBodyCase(),
        isArrival(event.getBodyCase()) ? Fields.text(body, "destination") : Fields.store(body),
        isOfSystem(event.getBodyCase()) ? event : null);
  }

  private static boolean isOfSystem(Event.BodyCase kind) {
    return switch (kind) {
      case RESERVATION_EXPIRED, TRANSFER_CREDITED, TRANSFER_CREDIT_REFUSED, HANDOVER_SETTLED ->
          true;
      default -> false;
    };
  }

  private static boolean isArrival(Event.BodyCase kind) {
    return kind == Event.BodyCase.TRANSFER_CREDITED
        || kind == Event.BodyCase.TRANSFER_CREDIT_REFUSED;
  }

  public boolean isRejection() {
    return kind == Event.BodyCase.COMMAND_REJECTED;
  }

  @Override
  public String toString() {
    return "%s at %d of partition %d%s%s"
        .formatted(
            kind,
            sequence,
            partition,
            store.isEmpty() ? "" : ", store " + store,
            key.isEmpty() ? "" : ", key " + key);
  }
}
