package dev.holdfast.deploy.faults;

import java.util.List;

/** Nodes that crash, fail or dawdle at their failpoints all the time. */
final class FailPointFaults {
  private FailPointFaults() {}

  static List<Fault> all() {
    Blow nothingElse = site -> () -> {};
    return List.of(
        new Fault("failpoints-crash", "all nodes crash at failpoints by chance", 60, nothingElse)
            .in(Setting.FAILPOINTS_CRASH),
        new Fault("failpoints-fail", "calls of all nodes fail at failpoints", 60, nothingElse)
            .in(Setting.FAILPOINTS_FAIL),
        new Fault("failpoints-delay", "all nodes dawdle at failpoints", 20, nothingElse)
            .in(Setting.FAILPOINTS_DELAY));
  }
}
