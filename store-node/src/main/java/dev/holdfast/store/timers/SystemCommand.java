package dev.holdfast.store.timers;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the leader's own commands, one at a time. Their timer looks at the state again later, so a
 * failure needs no more than a line in the log.
 */
final class SystemCommand implements Reply {
  private static final Logger LOG = LoggerFactory.getLogger(SystemCommand.class);

  private final Consumer<QueuedCommand> submit;
  private volatile boolean inFlight;

  SystemCommand(Consumer<QueuedCommand> submit) {
    this.submit = submit;
  }

  boolean isInFlight() {
    return inFlight;
  }

  /** Submits a command; none may be in flight. On the timer's thread. */
  void give(Command command) {
    inFlight = true;
    submit.accept(new QueuedCommand(CommandRequest.ofSystem(command), this, 0));
  }

  @Override
  public void decided(int index, long sequence, RecordedEvent event) {
    inFlight = false;
  }

  @Override
  public void failed(int index, Reason reason, String message) {
    LOG.debug("the leader's own command failed this time: {} {}", reason, message);
    inFlight = false;
  }
}
