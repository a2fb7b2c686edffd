package dev.holdfast.cli.imports;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.RejectedException;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The movements of some items of one partition, in order: one batch at a time is on its way. What
 * was not decided is sent again, in its order, before anything behind it. So movements of one item
 * never overtake each other. Used by one thread.
 */
final class Lane {
  private final int batchCommandsMax;
  private final int rounds;
  private final ArrayDeque<FileMovement> waiting = new ArrayDeque<>();
  private List<FileMovement> open = List.of();
  private int triesFailed;
  private long openedNanos;

  /**
   * @param rounds how often a refused movement is tried anew, under a key of its own each time
   */
  Lane(int batchCommandsMax, int rounds) {
    this.batchCommandsMax = batchCommandsMax;
    this.rounds = rounds;
  }

  void add(FileMovement movement) {
    waiting.add(movement);
  }

  /** Whether the batch that was sent last has been decided. */
  boolean isFree() {
    return open.isEmpty();
  }

  int openCount() {
    return open.size();
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  int triesFailed() {
    return triesFailed;
  }

  /** When the open batch was sent first. */
  long openedNanos() {
    return openedNanos;
  }

  /** Makes what waits longest the open batch. */
  void openBatch(Outcomes outcomes) {
    int size = Math.min(batchCommandsMax, waiting.size());
    List<FileMovement> batch = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      batch.add(waiting.remove());
    }
    open = batch;
    outcomes.sending(batch);
    triesFailed = 0;
    openedNanos = System.nanoTime();
  }

  SubmitBatchRequest request() {
    SubmitBatchRequest.Builder request = SubmitBatchRequest.newBuilder();
    open.forEach(movement -> request.addCommands(movement.command()));
    return request.build();
  }

  /**
   * Takes the answer to the open batch; what stays undecided stays open, and so does what is to be
   * tried anew.
   *
   * @return why something is undecided; null when nothing is
   */
  @Nullable HoldfastException take(SubmitBatchResponse response, Outcomes outcomes) {
    if (response.getOutcomesCount() != open.size()) {
      throw new IllegalStateException(
          response.getOutcomesCount() + " outcomes for " + open.size() + " commands");
    }
    List<FileMovement> stillOpen = new ArrayList<>();
    List<FileMovement> anew = new ArrayList<>();
    Set<StockKey> held = new HashSet<>();
    FileMovement overtaker = null;
    HoldfastException last = null;
    for (int i = 0; i < open.size(); i++) {
      FileMovement movement = open.get(i);
      if (isTriedAnew(movement, response.getOutcomes(i))) {
        outcomes.refusedAgain(movement);
        anew.add(movement.triedAnew());
        stillOpen.add(movement.triedAnew());
        continue;
      }
      HoldfastException why = decide(movement, response.getOutcomes(i), outcomes);
      if (why != null) {
        stillOpen.add(movement);
        held.add(movement.item());
        last = why;
      } else if (held.contains(movement.item())) {
        overtaker = movement;
      }
    }
    open = stillOpen;
    if (!anew.isEmpty()) {
      outcomes.sending(anew);
    }
    triesFailed++;
    if (overtaker != null) {
      throw new OrderBrokenException(overtaker);
    }
    return last;
  }

  /** Gives up what is open, and what waits, which was never sent. */
  void abandon(String reason, String message, Outcomes outcomes) {
    open.forEach(movement -> outcomes.undecided(movement, reason, message));
    open = List.of();
    waiting.clear();
  }

  private boolean isTriedAnew(FileMovement movement, CommandOutcome outcome) {
    return movement.tries() < rounds
        && outcome.hasError()
        && HoldfastException.of(outcome.getError()) instanceof RejectedException;
  }

  private static @Nullable HoldfastException decide(
      FileMovement movement, CommandOutcome outcome, Outcomes outcomes) {
    if (outcome.hasAccepted()) {
      outcomes.accepted(movement, outcome.getAccepted().getPosition());
      return null;
    }
    HoldfastException failure = HoldfastException.of(outcome.getError());
    if (failure instanceof RejectedException) {
      String reason = String.valueOf(failure.reason());
      outcomes.refused(movement, reason, String.valueOf(failure.getMessage()));
      return null;
    }
    return failure;
  }
}
