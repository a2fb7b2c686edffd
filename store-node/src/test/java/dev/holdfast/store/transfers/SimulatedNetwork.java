package dev.holdfast.store.transfers;

import dev.holdfast.store.commit.QueuedCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Takes batches between simulated partitions: late, in any order, more than once, or not at all,
 * and with or without an answer. Every answer still comes, at some time, though it may say nothing.
 */
final class SimulatedNetwork implements CreditSender {
  private final Random random;
  private final List<SimulatedPartition> partitions = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  boolean healthy;

  SimulatedNetwork(Random random) {
    this.random = random;
  }

  void add(SimulatedPartition partition) {
    partitions.add(partition);
  }

  @Override
  public void send(int destinationPartition, CreditBatch batch, Answer answer) {
    Consumer<List<QueuedCommand>> submit = partitions.get(destinationPartition)::submit;
    int fate = healthy ? 0 : random.nextInt(5);
    switch (fate) {
      case 1 -> waiting.add(() -> answer.failed("lost"));
      case 2 -> { // arrives, but the sender gives up first, and sends again
        waiting.add(() -> answer.failed("no answer in time"));
        waiting.add(() -> Crediting.start(batch, submit, new Ignored()));
      }
      case 3 -> { // doubled
        waiting.add(() -> Crediting.start(batch, submit, new Late(answer)));
        waiting.add(() -> Crediting.start(batch, submit, new Ignored()));
      }
      default -> waiting.add(() -> Crediting.start(batch, submit, new Late(answer)));
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Something of what is under way happens. */
  void step() {
    if (!waiting.isEmpty()) {
      waiting.remove(random.nextInt(waiting.size())).run();
    }
  }

  private final class Late implements Answer {
    private final Answer answer;

    Late(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void answered(List<Boolean> credited) {
      waiting.add(() -> answer.answered(credited));
    }

    @Override
    public void failed(String why) {
      waiting.add(() -> answer.failed(why));
    }
  }

  private static final class Ignored implements Answer {
    @Override
    public void answered(List<Boolean> credited) {}

    @Override
    public void failed(String why) {}
  }
}
