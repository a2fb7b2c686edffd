package dev.holdfast.common.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that belongs into the audit stream. Never holds a secret: no token, no key, no content
 * of a request. Texts are cut, so that a line has a bound.
 *
 * @param principal who did it; empty when nobody knows
 * @param from address of the caller without its port; empty for the node itself
 * @param requestId id of the call; empty outside of calls
 * @param detail further fields, in order
 */
public record AuditEvent(
    AuditKind kind,
    AuditOutcome outcome,
    String principal,
    String from,
    String requestId,
    Map<String, String> detail) {
  static final int TEXT_MAX = 512;
  static final int DETAILS_MAX = 16;

  public AuditEvent {
    principal = cut(principal);
    from = cut(from);
    requestId = cut(requestId);
    Map<String, String> bounded = new LinkedHashMap<>();
    detail.forEach(
        (name, value) -> {
          if (bounded.size() < DETAILS_MAX) {
            bounded.put(cut(name), cut(value));
          }
        });
    detail = Collections.unmodifiableMap(bounded);
  }

  /** Something that the node did by itself. */
  public static AuditEvent ofNode(
      AuditKind kind, AuditOutcome outcome, Map<String, String> detail) {
    return new AuditEvent(kind, outcome, "", "", "", detail);
  }

  private static String cut(String text) {
    if (text.length() <= TEXT_MAX) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(TEXT_MAX - 1));
    return text.substring(0, splitsPair ? TEXT_MAX - 1 : TEXT_MAX);
  }
}
