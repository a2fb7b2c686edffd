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

/** The promise that commands of one batch keep their order within a store. */
final class BatchOrder {
  private final Findings findings;
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
    if (position == null || isRepeated(part)) {
      return;
    }
    Long before = lastSequence.put(store, position.getSequence());
    if (before != null && before >= position.getSequence()) {
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
