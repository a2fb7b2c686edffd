package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.store.testing.MemoryReplica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Closed reservations and transfers that an eviction made the replicas forget. It does so when it
 * is applied: the leader, which is ahead of that, may still refuse for what they were.
 */
final class Forgotten {
  private static final Set<String> REFUSALS =
      Set.of(
          "RESERVATION_EXISTS",
          "RESERVATION_CLOSED",
          "RESERVATION_EXPIRED",
          "TRANSFER_EXISTS",
          "TRANSFER_CLOSED");

  /** Perhaps of a step of an order; a code, and what it is about. */
  private static final Pattern REFUSAL = Pattern.compile("^(?:step \\d+ )?([A-Z_]+) (\\w+)");

  private final Map<String, Long> terms = new HashMap<>();
  private List<String> closed = List.of();

  void before(MemoryReplica state, EventBatch batch) {
    boolean evicts =
        batch.events().stream().anyMatch(each -> each.event() instanceof Event.ReceiptsEvicted);
    closed = evicts ? known(state) : List.of();
  }

  void after(MemoryReplica state, EventBatch batch) {
    if (!closed.isEmpty()) {
      List<String> gone = new ArrayList<>(closed);
      gone.removeAll(known(state));
      gone.forEach(each -> terms.put(each, batch.term()));
    }
  }

  private static List<String> known(MemoryReplica state) {
    List<String> known = new ArrayList<>();
    state.allReservations().keySet().forEach(e -> known.add(e.store() + " " + e.reservationId()));
    state.transfers().all().keySet().forEach(e -> known.add(e.store() + " " + e.transferId()));
    return known;
  }

  /** Whether a refusal tells of what the same leader was about to forget. */
  boolean explains(CommandRequest request, String answer, long term) {
    Matcher words = REFUSAL.matcher(answer);
    return words.find()
        && REFUSALS.contains(words.group(1))
        && request.command() instanceof Command.Mutation mutation
        && terms.getOrDefault(mutation.store() + " " + words.group(2), 0L) == term;
  }
}
