package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.Earlier;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.decide.HeldBack;
import org.jspecify.annotations.Nullable;

/** A command as it was given to a leader once, and the one answer that it gets. */
final class Attempt implements Reply {
  private static final long NOWHERE = 0;

  private final Witness witness;
  private final SimulatedNode node;
  private final QueuedCommand command;
  private boolean answered;
  private boolean lost;
  private boolean notTried;
  private String outcome = "lost";
  private long sequence = NOWHERE;

  Attempt(Witness witness, SimulatedNode node, QueuedCommand command) {
    this.witness = witness;
    this.node = node;
    this.command = command;
  }

  CommandRequest request() {
    return command.request();
  }

  /** In a word or two. */
  String outcome() {
    boolean done = sequence != NOWHERE && outcome.equals(Reason.OUTCOME_UNKNOWN.name());
    return done ? "OUTCOME_UNKNOWN but done" : outcome;
  }

  /** The process that had it died. */
  void lose() {
    lost = true;
  }

  /** Whether somebody still owes an answer. */
  boolean isOpen() {
    return !answered && !lost;
  }

  /** Its event is in the log. */
  void committed(long at) {
    sequence = at;
    checkThatTried();
  }

  private void checkThatTried() {
    if (notTried && sequence != NOWHERE) {
      throw new AssertionError(request() + " was not tried, and stands at " + sequence);
    }
  }

  @Override
  public @Nullable HeldBack heldBack() {
    return command.reply().heldBack();
  }

  @Override
  public void decided(int index, long at, RecordedEvent event) {
    if (node.isDying()) {
      return; // said by nobody
    }
    answer();
    outcome = "decided";
    witness.checkAnswer(request(), at, event);
    command.reply().decided(index, at, event);
  }

  @Override
  public void decidedBefore(int index, long at, Earlier earlier) {
    if (node.isDying()) {
      return; // said by nobody
    }
    answer();
    outcome = "decided before";
    witness.checkAnswer(request(), at, earlier.event());
    Witness.assertEqual(
        witness.state().timeMillis(at), earlier.decidedMillis(), "the time of", request());
    command.reply().decidedBefore(index, at, earlier);
  }

  @Override
  public void failed(int index, Reason reason, String message) {
    if (node.isDying()) {
      return; // said by nobody
    }
    answer();
    outcome = reason.name();
    notTried = reason != Reason.OUTCOME_UNKNOWN;
    checkThatTried();
    witness.checkFailure(request(), reason);
    command.reply().failed(index, reason, message);
  }

  private void answer() {
    if (answered) {
      throw new AssertionError(request() + " was answered twice");
    }
    if (lost) {
      throw new AssertionError(request() + " was answered by a process that had died");
    }
    answered = true;
  }
}
