package dev.holdfast.store.transfers;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.decide.state.TransferState;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A partition whose leader changes: what it did not decide yet is then failed, and a new leader
 * drives anew, while answers to the one before may still come.
 */
final class SimulatedPartition implements DrivenPartition {
  final MemoryState state = new MemoryState();
  private final int partition;
  private final int partitions;
  private final SimulatedNetwork network;
  private final Deque<QueuedCommand> queue = new ArrayDeque<>();
  private final List<ChannelDriver> channels = new ArrayList<>();

  SimulatedPartition(int partition, int partitions, SimulatedNetwork network) {
    this.partition = partition;
    this.partitions = partitions;
    this.network = network;
    changeLeader(new Random(0));
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public boolean isLeading() {
    return true;
  }

  @Override
  public TransferState transfers() {
    return state.transfers();
  }

  @Override
  public void submit(List<QueuedCommand> commands) {
    queue.addAll(commands);
  }

  /** Some of what was proposed was committed, though its callers hear that nobody knows. */
  void changeLeader(Random random) {
    while (!queue.isEmpty()) {
      QueuedCommand command = queue.remove();
      if (random.nextBoolean()) {
        decide(command.request().command());
      }
      command.reply().failed(command.index(), Reason.OUTCOME_UNKNOWN, "leadership was lost");
    }
    channels.clear();
    for (int destination = 0; destination < partitions; destination++) {
      channels.add(new ChannelDriver(this, destination, network, () -> {}));
    }
  }

  void drive() {
    channels.forEach(ChannelDriver::next);
  }

  boolean isIdle() {
    return queue.isEmpty();
  }

  /** Decides one command that waits. */
  void step() {
    if (!queue.isEmpty()) {
      QueuedCommand command = queue.remove();
      Decision decision = decide(command.request().command());
      if (decision instanceof Decision.Decided decided) {
        command.reply().decided(command.index(), state.sequence(), decided.event());
      } else if (decision instanceof Decision.Recalled recalled) {
        command.reply().decided(command.index(), state.sequence(), recalled.event());
      } else if (decision instanceof Decision.Refused refused) {
        command.reply().decided(command.index(), state.sequence(), refused.event());
      }
    }
  }

  Decision decide(Command command) {
    Moment moment = new Moment(1, state.sequence() + 1);
    Decision decision = Dispatcher.decide(Requests.of(command), state, moment);
    if (decision instanceof Decision.Decided decided) {
      state.apply(decided.event(), 1);
    }
    return decision;
  }
}
