package dev.holdfast.store.transfers;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the hand-overs of this partition to one other, while this node leads: one batch at a time,
 * the oldest first, until its answer is settled. What fails is sent again later: the destination
 * takes each number once, and the source settles each once, so nothing more has to be remembered.
 */
final class ChannelDriver {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelDriver.class);

  private final DrivenPartition source;
  private final int destinationPartition;
  private final CreditSender sender;
  private final Runnable goOn;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * @param goOn asks for {@link #next} to be called soon
   */
  ChannelDriver(
      DrivenPartition source, int destinationPartition, CreditSender sender, Runnable goOn) {
    this.source = source;
    this.destinationPartition = destinationPartition;
    this.sender = sender;
    this.goOn = goOn;
  }

  /** Sends the next batch, if there is one and none is on its way. */
  void next() {
    if (!source.isLeading() || !busy.compareAndSet(false, true)) {
      return;
    }
    try {
      CreditBatch batch =
          CreditBatch.next(source.transfers(), source.partition(), destinationPartition);
      if (batch == null) {
        busy.set(false);
      } else {
        FailPoint.HANDOVER_SEND.reach();
        sender.send(destinationPartition, batch, new Sent(batch));
      }
    } catch (RuntimeException | Error e) {
      busy.set(false); // nobody else would
      throw e;
    }
  }

  private final class Sent implements CreditSender.Answer {
    private final CreditBatch batch;

    Sent(CreditBatch batch) {
      this.batch = batch;
    }

    @Override
    public void answered(List<Boolean> credited) {
      int known = Math.min(credited.size(), batch.handovers().size());
      if (known == 0) {
        busy.set(false);
        return;
      }
      Settling settling = new Settling(known);
      List<QueuedCommand> commands = new ArrayList<>(known);
      for (int i = 0; i < known; i++) {
        Handover handover = batch.handovers().get(i);
        HandoverKey key = new HandoverKey(destinationPartition, batch.firstNumber() + i);
        TransferCommand command =
            new TransferCommand.SettleHandover(handover.transfer(), key, credited.get(i));
        commands.add(new QueuedCommand(CommandRequest.ofSystem(command), settling, i));
      }
      try {
        FailPoint.HANDOVER_ANSWERED.reach();
        source.submit(commands);
      } catch (RuntimeException | Error e) {
        busy.set(false);
        throw e;
      }
    }

    @Override
    public void failed(String why) {
      LOG.debug(
          "hand-overs from partition {} to {} wait: {}",
          source.partition(),
          destinationPartition,
          why);
      busy.set(false);
    }
  }

  /**
   * Goes on when all answers of a batch are decided, whatever the decision. When the source refused
   * some, the timer tries again: an immediate try would be refused again.
   */
  private final class Settling implements Reply {
    private final AtomicInteger missing;
    private volatile boolean refused;

    Settling(int commands) {
      this.missing = new AtomicInteger(commands);
    }

    @Override
    public void decided(int index, long sequence, RecordedEvent event) {
      oneLess();
    }

    @Override
    public void failed(int index, Reason reason, String message) {
      refused = true;
      oneLess();
    }

    private void oneLess() {
      if (missing.decrementAndGet() == 0) {
        busy.set(false);
        if (!refused) {
          goOn.run();
        }
      }
    }
  }
}
