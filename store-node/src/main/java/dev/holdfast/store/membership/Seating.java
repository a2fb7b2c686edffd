package dev.holdfast.store.membership;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.partition.PartitionReplica;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seats a replica step by step, on the leader, as long as that replica asks. */
public final class Seating {
  private static final Logger LOG = LoggerFactory.getLogger(Seating.class);

  private Seating() {}

  /**
   * Takes a step and writes an entry: JRaft notices that a new voter has caught up only by an entry
   * that reaches it, and would wait for ever in a partition at rest.
   *
   * @throws IllegalStateException when the replica does not lead
   */
  public static void step(
      PartitionReplica leader, String node, int incarnation, long lastLogIndex) {
    leader.membership().seat(node, incarnation, lastLogIndex);
    CommandRequest digest = CommandRequest.ofSystem(new Command.RecordDigest());
    leader.submitOwn(List.of(new QueuedCommand(digest, new Unheard(), 0)));
  }

  /** Nothing to do with the outcome: the newcomer asks again in any case. */
  private static final class Unheard implements Reply {
    @Override
    public void decided(int index, long sequence, RecordedEvent event) {
      LOG.debug("an entry for a new voter stands at {}", sequence);
    }

    @Override
    public void failed(int index, Reason reason, String message) {
      LOG.debug("no entry for a new voter this time: {} {}", reason, message);
    }
  }
}
