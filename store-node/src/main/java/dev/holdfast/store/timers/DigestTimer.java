package dev.holdfast.store.timers;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On the leader, asks for a digest when something happened after the last one and nothing has for a
 * while, so that the last events before a rest are proven as well. A digest by itself is followed
 * by no other: a partition at rest stays at rest.
 */
public final class DigestTimer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(DigestTimer.class);

  private final AppliedView applied;
  private final BooleanSupplier leading;
  private final Consumer<QueuedCommand> submit;
  private final long quietMillis;
  private final InstantSource clock;
  private final AtomicBoolean inFlight = new AtomicBoolean();
  private long lastSequence;
  private long lastChangeMillis;

  public DigestTimer(
      AppliedView applied,
      BooleanSupplier leading,
      Consumer<QueuedCommand> submit,
      Duration quiet,
      InstantSource clock) {
    this.applied = applied;
    this.leading = leading;
    this.submit = submit;
    this.quietMillis = quiet.toMillis();
    this.clock = clock;
  }

  @Override
  public void run() {
    AppliedView.LogEnd end = applied.logEnd();
    long now = clock.millis();
    if (end.sequence() != lastSequence || now < lastChangeMillis) {
      lastSequence = end.sequence();
      lastChangeMillis = now;
    } else if (now - lastChangeMillis >= quietMillis
        && end.sequence() > end.digests().recordedAt()
        && leading.getAsBoolean()
        && inFlight.compareAndSet(false, true)) {
      CommandRequest request = CommandRequest.ofSystem(new Command.RecordDigest());
      submit.accept(new QueuedCommand(request, new Done(), 0));
    }
  }

  /** The next run looks at the state again, so a command that failed needs no more than a line. */
  private final class Done implements Reply {
    @Override
    public void decided(int index, long sequence, RecordedEvent event) {
      inFlight.set(false);
    }

    @Override
    public void failed(int index, Reason reason, String message) {
      LOG.debug("no digest was recorded this time: {} {}", reason, message);
      inFlight.set(false);
    }
  }
}
