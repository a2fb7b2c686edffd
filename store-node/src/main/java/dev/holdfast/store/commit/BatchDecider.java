package dev.holdfast.store.commit;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Decides drained commands, in order, on the speculative state of an epoch. */
final class BatchDecider {
  private final int partition;
  private final int bytesMax;
  private final InstantSource clock;

  /**
   * @param bytesMax after about so many bytes of events a batch is closed
   */
  BatchDecider(int partition, int bytesMax, InstantSource clock) {
    this.partition = partition;
    this.bytesMax = bytesMax;
    this.clock = clock;
  }

  /**
   * What one drain led to.
   *
   * @param encoded the batch, empty when no command led to an event
   * @param replies one for each command that was decided, in their order; the commands behind those
   *     are still to be decided
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Decided(int events, byte[] encoded, List<PendingReply> replies) {}

  /**
   * Decides commands until the batch is full. A command does not tell how large its event will be:
   * closing a reservation writes all its lines.
   */
  Decided decide(Epoch epoch, List<QueuedCommand> commands) {
    long now = Math.max(clock.millis(), epoch.lastTimeMillis);
    long first = epoch.state.lastSequence() + 1;
    List<RecordedEvent> events = new ArrayList<>(commands.size());
    List<PendingReply> replies = new ArrayList<>(commands.size());
    long bytes = 0;
    for (int i = 0; i < commands.size() && bytes < bytesMax; i++) {
      PendingReply reply = decideOne(epoch, commands.get(i), now, events);
      replies.add(reply);
      bytes += reply.event() == null ? 0 : EventSize.of(reply.event());
    }
    if (events.isEmpty()) {
      return new Decided(0, new byte[0], replies);
    }
    epoch.lastTimeMillis = now;
    EventBatch batch = new EventBatch(partition, first, epoch.term, now, epoch.lastHash, events);
    return new Decided(events.size(), EventBatchCodec.encode(batch), replies);
  }

  private static PendingReply decideOne(
      Epoch epoch, QueuedCommand command, long now, List<RecordedEvent> events) {
    Decision decision = Dispatcher.decide(command.request(), epoch.state);
    if (decision instanceof Decision.Decided decided) {
      events.add(decided.event());
      long sequence = epoch.state.fold(decided.event(), now);
      return PendingReply.ofEvent(command.reply(), command.index(), decided.event(), sequence);
    }
    if (decision instanceof Decision.Repeated repeated) {
      return PendingReply.ofReceipt(command.reply(), command.index(), repeated.sequence());
    }
    return PendingReply.ofKeyReused(command.reply(), command.index());
  }
}
