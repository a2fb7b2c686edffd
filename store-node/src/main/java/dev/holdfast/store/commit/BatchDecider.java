package dev.holdfast.store.commit;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.decide.HeldBack;
import dev.holdfast.store.decide.state.Moment;
import java.util.ArrayList;
import java.util.List;

/** Decides drained commands, in order, on the speculative state of an epoch. */
final class BatchDecider {
  private static final CommandRequest RECORD_DIGEST =
      CommandRequest.ofSystem(new Command.RecordDigest());

  private final int partition;
  private final CommitSettings settings;
  private final LogTime clock;

  BatchDecider(int partition, CommitSettings settings, LogTime clock) {
    this.partition = partition;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Decides commands until the batch is full. A command does not tell how large its event will be:
   * closing a reservation writes all its lines.
   */
  DecidedBatch decide(Epoch epoch, List<QueuedCommand> commands) {
    long now = epoch.nextMillis(clock);
    List<RecordedEvent> events = new ArrayList<>(commands.size());
    List<PendingReply> replies = new ArrayList<>(commands.size());
    long bytes = 0;
    for (int i = 0; i < commands.size() && bytes < settings.batchBytesMax(); i++) {
      PendingReply reply = decideOne(epoch, commands.get(i), now, events);
      replies.add(reply);
      if (reply.decision() instanceof Decision.WithEvent told) {
        bytes += EventSize.of(told.event());
      }
      recordDigestWhenDue(epoch, now, events);
    }
    if (events.isEmpty()) {
      return new DecidedBatch(0, new byte[0], replies);
    }
    EventBatch batch = epoch.batch(partition, now, events);
    return new DecidedBatch(events.size(), EventBatchCodec.encode(batch), replies);
  }

  private static PendingReply decideOne(
      Epoch epoch, QueuedCommand command, long now, List<RecordedEvent> events) {
    Decision decision = decideOne(epoch, command, now);
    if (decision instanceof Decision.Decided decided) {
      take(decided.event(), epoch, now, events);
    }
    return new PendingReply(command, decision, epoch.state.lastSequence());
  }

  private static Decision decideOne(Epoch epoch, QueuedCommand command, long now) {
    HeldBack heldBack = command.reply().heldBack();
    if (heldBack == null) {
      return Dispatcher.decide(command.request(), epoch.state, moment(epoch, now));
    }
    RecordedEvent held = heldBack.refusal(command.request(), epoch.state);
    Decision decision =
        held == null
            ? Dispatcher.decide(command.request(), epoch.state, moment(epoch, now))
            : new Decision.Refused(held);
    if (decision instanceof Decision.Refused refused) {
      heldBack.note(command.request(), refused.event(), epoch.state);
    }
    return decision;
  }

  private static Moment moment(Epoch epoch, long now) {
    return new Moment(now, epoch.state.lastSequence() + 1);
  }

  /** By count and not by time, so that a busy partition needs no timer for it. */
  private void recordDigestWhenDue(Epoch epoch, long now, List<RecordedEvent> events) {
    if (epoch.state.eventsSinceDigest() >= settings.digestEveryEvents()
        && Dispatcher.decide(RECORD_DIGEST, epoch.state, moment(epoch, now))
            instanceof Decision.Decided decided) {
      take(decided.event(), epoch, now, events);
    }
  }

  private static void take(RecordedEvent event, Epoch epoch, long now, List<RecordedEvent> events) {
    events.add(event);
    epoch.state.fold(event, now);
  }
}
