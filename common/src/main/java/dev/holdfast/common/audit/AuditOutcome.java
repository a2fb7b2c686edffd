package dev.holdfast.common.audit;

import java.util.Locale;

/** The outcome of what an audit line tells of. */
public enum AuditOutcome {
  DONE,
  REFUSED,
  FAILED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
