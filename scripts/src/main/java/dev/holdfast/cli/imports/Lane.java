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
 * The movements of some items of one partition, in order, with one batch at a time in flight.
 * Undecided movements are sent again, in order, before any later one. So movements of one item
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
   * @param rounds number of times that a refused movement is retried, each time under a new key
   */
  Lane(int batchCommandsMax, int rounds) {
    this.batchCommandsMax = batchCommandsMax;
    this.rounds = rounds;
  }

  void add(FileMovement movement) {
    waiting.add(movement);
  }

  /** Whether no batch is open. */
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

  /** The time of the first try of the open batch. */
  long openedNanos() {
    return openedNanos;
  }

  /** Opens a batch of the movements that have waited longest. */
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
   * Takes the answer to the open batch. Undecided movements stay open, and so do those to retry
   * under a new key.
   *
   * @return the reason why a movement is undecided; null when none is
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

  /** Gives up the open batch, and the waiting movements, which were never sent. */
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
