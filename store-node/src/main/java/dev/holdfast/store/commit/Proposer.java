package dev.holdfast.store.commit;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.decide.Decision;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends decided batches into the log and answers their callers when the fate is known. */
final class Proposer {
  private static final Logger LOG = LoggerFactory.getLogger(Proposer.class);

  private final AppliedView applied;
  private final ReplicatedLog log;
  private final CommitMetrics metrics;
  private final Runnable wakeLoop;

  Proposer(AppliedView applied, ReplicatedLog log, CommitMetrics metrics, Runnable wakeLoop) {
    this.applied = applied;
    this.log = log;
    this.metrics = metrics;
    this.wakeLoop = wakeLoop;
  }

  /** On the loop's thread. */
  void propose(Epoch epoch, DecidedBatch decided) {
    if (decided.events() == 0) {
      answerWithoutBatch(epoch, decided.replies());
      return;
    }
    Proposal proposal = new Proposal(decided.replies());
    epoch.sent(proposal, decided);
    metrics.proposed(decided.events(), decided.encoded().length);
    long start = System.nanoTime();
    log.propose(
        epoch.term,
        decided.encoded(),
        fate -> {
          metrics.finished(fate, System.nanoTime() - start);
          finish(epoch, proposal, decided.events(), fate);
        });
    FailPoint.BATCH_PROPOSED.reach();
  }

  /**
   * Answers that rest on earlier events wait for the last batch in flight, since those events may
   * be in it. With nothing in flight they rest on applied state, which is committed for good. But a
   * transient refusal also says that nothing else has happened, which only a leader knows.
   */
  private void answerWithoutBatch(Epoch epoch, List<PendingReply> replies) {
    Proposal last = epoch.lastProposal();
    if (replies.stream().noneMatch(PendingReply::isTransient)) {
      answerBehind(last, epoch, replies);
      return;
    }
    log.confirm(
        epoch.term,
        leads -> {
          if (leads) {
            answerBehind(last, epoch, replies);
          } else {
            tell(replies, ReplicatedLog.Fate.DISCARDED);
          }
        });
  }

  private void answerBehind(@Nullable Proposal last, Epoch epoch, List<PendingReply> replies) {
    if (last == null || !last.join(replies)) {
      tell(replies, epoch.isBroken() ? ReplicatedLog.Fate.DISCARDED : ReplicatedLog.Fate.APPLIED);
    }
  }

  private void finish(Epoch epoch, Proposal proposal, int events, ReplicatedLog.Fate fate) {
    if (fate != ReplicatedLog.Fate.APPLIED) {
      epoch.markBroken();
    }
    Iterator<PendingReply> waiting = proposal.finish().iterator();
    try {
      FailPoint.FATE_KNOWN.reach();
      while (waiting.hasNext()) {
        tellSafely(waiting.next(), fate);
      }
      FailPoint.ANSWERS_TOLD.reach();
    } finally { // whatever fails: the loop goes on, and nobody waits for ever
      waiting.forEachRemaining(Proposer::tellThatUnknown);
      epoch.returned(events);
      wakeLoop.run();
    }
  }

  private void count(PendingReply reply) {
    if (!(reply.decision() instanceof Decision.WithEvent told)) {
      metrics.answeredFromReceipt();
    } else if (reply.command().request().command() instanceof Command.Mutation command) {
      metrics.answered(command.kind(), told.event().event());
    }
  }

  private void tell(List<PendingReply> replies, ReplicatedLog.Fate fate) {
    replies.forEach(reply -> tellSafely(reply, fate));
  }

  private void tellSafely(PendingReply reply, ReplicatedLog.Fate fate) {
    try {
      tell(reply, fate);
    } catch (RuntimeException e) {
      // The durable write is done: one caller's broken call must not stop the partition.
      LOG.error("an answer could not be given", e);
      tellThatUnknown(reply);
    }
  }

  /** Whoever waits for the last of several answers must get it. */
  private static void tellThatUnknown(PendingReply reply) {
    try {
      reply.fail(
          Reason.OUTCOME_UNKNOWN, "the answer could not be made; see the log of the leading node");
    } catch (RuntimeException e) {
      LOG.error("its caller could not be told either", e);
    }
  }

  private void tell(PendingReply reply, ReplicatedLog.Fate fate) {
    switch (fate) {
      case APPLIED -> {
        count(reply); // before: what fails behind an answer would give a second one
        reply.send(applied);
      }
      case DISCARDED ->
          reply.fail(Reason.NO_LEADER, "not tried: leadership was lost before it was decided");
      case NOT_APPENDED ->
          reply.fail(Reason.NO_LEADER, "not tried: the log did not take it; leadership may move");
      case UNKNOWN ->
          reply.fail(
              Reason.OUTCOME_UNKNOWN,
              "leadership was lost in flight; retry with the same idempotency key");
    }
  }
}
