package dev.holdfast.common.audit;

import java.util.Locale;

/** How it ended. */
public enum AuditOutcome {
  DONE,
  REFUSED,
  FAILED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
