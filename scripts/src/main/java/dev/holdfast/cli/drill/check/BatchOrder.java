package dev.holdfast.cli.drill.check;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The promise that commands of one batch on the same item or reservation keep their order. Those on
 * other items of a store may overtake one that is LOCKED, since it is sent again.
 */
final class BatchOrder {
  private final Findings findings;

  /** By store, and item or reservation. */
  private final Map<String, Long> lastSequence = new HashMap<>();

  private final Set<String> lockedStores = new HashSet<>();

  BatchOrder(Findings findings) {
    this.findings = findings;
  }

  /** Behind a LOCKED command others wait too, so that their LOCKED says nothing about leases. */
  boolean isExcused(Call part) {
    return isLocked(part) && lockedStores.contains(Fields.store(part.request()));
  }

  void add(Call part) {
    String store = Fields.store(part.request());
    if (isLocked(part)) {
      lockedStores.add(store);
    }
    Position position = part.outcome().position();
    boolean waits = !Fields.hasTokens(part.request());
    if (position == null || isRepeated(part) || !waits) {
      return;
    }
    boolean late = false;
    for (String name : Keys.names(part.request())) {
      Long before = lastSequence.put(store + "\0" + name, position.getSequence());
      late |= before != null && before > position.getSequence();
    }
    if (late) {
      String what = "a command of a batch was decided before one that stood in front of it";
      findings.add(Breach.REORDERED, what, part);
    }
  }

  private static boolean isLocked(Call part) {
    return !Fields.hasTokens(part.request())
        && part.outcome() instanceof Outcome.Refused refused
        && refused.reason().equals("LOCKED");
  }

  private static boolean isRepeated(Call part) {
    Message answer = ((Outcome.Answered) part.outcome()).answer();
    return answer instanceof Accepted accepted && accepted.hasEarlier();
  }
}
