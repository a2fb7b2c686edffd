package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.check.Op.Told;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A read or a refusal without a place of its own: it must be true at one position at least, within
 * the bounds that real time sets.
 */
final class Watched {
  private final Op op;
  private final Call call;
  private final long first;
  private final long last;
  private Set<Object> dependsOn = Set.of();
  private long nextTurn;

  Watched(Op op, RealTime time) {
    this.op = op;
    this.call = op.call();
    long ended = op.told() == Told.LATE_READ ? 0 : time.endedBefore(op.begin());
    this.first = Math.max(op.sequence(), ended);
    this.last = time.begunBy(op.end());
  }

  Op op() {
    return op;
  }

  String store() {
    return Fields.store(call.request());
  }

  /** Nothing that ended before it may be seen after it, unless it is a late read. */
  long begin() {
    return op.told() == Told.LATE_READ ? Long.MIN_VALUE : op.begin();
  }

  /** Nothing that began after it may be seen before it; a late read promises nothing. */
  long end() {
    return op.told() == Told.LATE_READ ? Call.NEVER : op.end();
  }

  /** The first position after which it may be true. */
  long first() {
    return first;
  }

  /** The last one. */
  long last() {
    return last;
  }

  /** Whether looking again is of no use, since nothing changed that it depends on. */
  boolean isAsBefore(Set<Object> changed, long untilMillis) {
    return untilMillis < nextTurn && Collections.disjoint(changed, dependsOn);
  }

  /** Makes it be looked at again. */
  void forget() {
    nextTurn = 0;
  }

  /**
   * Whether it is true of the model at some time of an interval. A replica reads leases by its own
   * clock, which may be ahead of the log's.
   */
  boolean isTrue(Model model, long fromMillis, long nextMillis) {
    boolean byOwnClock = call.request() instanceof GetLeaseRequest;
    long untilMillis = byOwnClock ? LogTimes.FOR_EVER : nextMillis;
    int before = model.mark();
    model.takeLooked();
    boolean found = Answers.rightTime(model, call, 0, fromMillis, untilMillis) != null;
    List<Long> turns = model.turns(call.request(), untilMillis, LogTimes.FOR_EVER);
    nextTurn = turns.isEmpty() ? LogTimes.FOR_EVER : turns.get(0);
    dependsOn = model.takeLooked();
    model.backTo(before);
    return found;
  }
}
