package dev.holdfast.common.domain;

/** The call that a command came with: its request id, and who made it. */
public record Origin(String requestId, String principal) {
  /** Who a call is from when nobody signed in. */
  public static final String ANONYMOUS = "anonymous";

  /** Commands that the cluster gives itself. */
  public static final Origin SYSTEM = new Origin("system", "system");
}
