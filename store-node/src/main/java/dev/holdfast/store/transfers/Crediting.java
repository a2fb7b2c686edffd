package dev.holdfast.store.transfers;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

/** Credits a batch in the partition of its destination, and answers when all of it is decided. */
public final class Crediting implements Reply {
  private static final int UNKNOWN = 0;
  private static final int CREDITED = 1;
  private static final int REFUSED = 2;

  private final AtomicIntegerArray outcomes;
  private final AtomicInteger missing;
  private final CreditSender.Answer answer;

  private Crediting(int handovers, CreditSender.Answer answer) {
    this.outcomes = new AtomicIntegerArray(handovers);
    this.missing = new AtomicInteger(handovers);
    this.answer = answer;
  }

  /**
   * Submits the batch.
   *
   * @param submit takes commands to the partition
   */
  public static void start(
      CreditBatch batch, Consumer<List<QueuedCommand>> submit, CreditSender.Answer answer) {
    Crediting reply = new Crediting(batch.handovers().size(), answer);
    List<QueuedCommand> commands = new ArrayList<>(batch.handovers().size());
    for (int i = 0; i < batch.handovers().size(); i++) {
      TransferCommand command =
          new TransferCommand.CreditTransfer(
              batch.sourcePartition(),
              batch.firstNumber() + i,
              batch.firstNumber() - 1,
              batch.handovers().get(i));
      commands.add(new QueuedCommand(CommandRequest.ofSystem(command), reply, i));
    }
    FailPoint.HANDOVER_CREDIT.reach();
    submit.accept(commands);
  }

  @Override
  public void decided(int index, long sequence, RecordedEvent event) {
    if (event.event() instanceof TransferEvent taken) {
      outcomes.set(index, taken instanceof TransferEvent.TransferCredited ? CREDITED : REFUSED);
    }
    oneLess();
  }

  @Override
  public void failed(int index, Reason reason, String message) {
    oneLess();
  }

  private void oneLess() {
    if (missing.decrementAndGet() == 0) {
      answer.answered(untilTheFirstUnknown());
    }
  }

  private List<Boolean> untilTheFirstUnknown() {
    List<Boolean> known = new ArrayList<>();
    for (int i = 0; i < outcomes.length() && outcomes.get(i) != UNKNOWN; i++) {
      known.add(outcomes.get(i) == CREDITED);
    }
    return known;
  }
}
