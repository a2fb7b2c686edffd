package dev.holdfast.common.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Bounds the lines of one principal at one address in a second, so that nobody fills the stream and
 * thereby pushes out what others, or they themselves, did. Events above the bound are counted. Any
 * thread.
 */
final class AuditLimits {
  /** Above it, further principals and addresses of a second share one count. */
  private static final int CALLERS_MAX = 1_000;

  private static final String OTHERS = "others";

  /** A peer with a bad certificate tries again and again, and each time tells the same. */
  private static final int HANDSHAKES_MAX = 1;

  private record Caller(AuditKind kind, AuditOutcome outcome, String principal, String from) {}

  private final int refusalsMax;
  private final int actionsMax;
  private final ConcurrentMap<Caller, Long> counts = new ConcurrentHashMap<>();

  AuditLimits(int refusalsMax, int actionsMax) {
    this.refusalsMax = refusalsMax;
    this.actionsMax = actionsMax;
  }

  /** Counts an event; returns whether it gets a line of its own. */
  boolean takes(AuditEvent event) {
    return counts.merge(caller(event), 1L, Long::sum) <= max(event.kind(), event.outcome());
  }

  private int max(AuditKind kind, AuditOutcome outcome) {
    if (kind == AuditKind.HANDSHAKE) {
      return HANDSHAKES_MAX;
    }
    return outcome == AuditOutcome.REFUSED ? refusalsMax : actionsMax;
  }

  private Caller caller(AuditEvent event) {
    Caller caller = new Caller(event.kind(), event.outcome(), event.principal(), event.from());
    return counts.size() < CALLERS_MAX || counts.containsKey(caller)
        ? caller
        : new Caller(event.kind(), event.outcome(), OTHERS, OTHERS);
  }

  /** Ends the second: one event for each caller that had more than its share. */
  List<AuditEvent> sumUp() {
    List<AuditEvent> sums = new ArrayList<>();
    for (Caller caller : counts.keySet()) {
      Long count = counts.remove(caller);
      int max = max(caller.kind, caller.outcome);
      if (count != null && count > max) {
        sums.add(sum(caller, count - max));
      }
    }
    return sums;
  }

  private static AuditEvent sum(Caller caller, long more) {
    return new AuditEvent(
        caller.kind,
        caller.outcome,
        caller.principal,
        caller.from,
        "",
        Map.of("more", Long.toString(more)));
  }
}
