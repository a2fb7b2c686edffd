package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.cli.drill.model.State;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The search of Wing and Gong for an order of calls that explains all answers, with Lowe's memory
 * of what was tried: the same calls in another order that led to the same state need not be tried
 * again.
 */
final class Linearization {
  private record Tried(BitSet done, State state) {}

  private final List<Attempted> all;
  private final Model model;
  private final long deadlineNanos;
  private final BitSet done = new BitSet();
  private final Set<Tried> tried = new HashSet<>();
  private int left;
  private int fewestLeft;
  private long stuckAt;
  private boolean outOfTime;

  /**
   * @param deadlineNanos on the clock of {@link System#nanoTime}
   */
  Linearization(List<Attempted> attempted, Model model, long deadlineNanos) {
    this.all = attempted.stream().sorted(Comparator.comparingLong(Attempted::begin)).toList();
    this.model = model;
    this.deadlineNanos = deadlineNanos;
    this.left = (int) all.stream().filter(each -> !each.isOptional()).count();
    this.fewestLeft = left + 1;
  }

  /** Whether there is such an order. Without one, the time may have been too short. */
  boolean exists() {
    if (left == 0) {
      return true;
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      outOfTime = true;
      return false;
    }
    long firstEnd = firstEnd();
    if (left < fewestLeft) {
      fewestLeft = left;
      stuckAt = firstEnd;
    }
    // calls before what need not have happened: most histories are valid
    return tryNext(firstEnd, false) || tryNext(firstEnd, true);
  }

  boolean isOutOfTime() {
    return outOfTime;
  }

  /** The end of the first call that fits nowhere behind the longest explained beginning. */
  long stuckAt() {
    return stuckAt;
  }

  /** What begins behind this has to wait for the call that ends here. */
  private long firstEnd() {
    long first = Call.NEVER;
    for (int i = done.nextClearBit(0); i < all.size(); i = done.nextClearBit(i + 1)) {
      if (all.get(i).begin() > first) {
        break;
      }
      first = Math.min(first, all.get(i).end());
    }
    return first;
  }

  private boolean tryNext(long firstEnd, boolean optional) {
    for (int i = done.nextClearBit(0); i < all.size(); i = done.nextClearBit(i + 1)) {
      Attempted each = all.get(i);
      if (each.begin() > firstEnd || outOfTime) {
        return false;
      }
      if (each.isOptional() == optional && place(i, each)) {
        return true;
      }
    }
    return false;
  }

  private boolean place(int index, Attempted each) {
    int before = model.mark();
    if (each.apply(model)) {
      done.set(index);
      left -= each.isOptional() ? 0 : 1;
      if (tried.add(new Tried((BitSet) done.clone(), model.state())) && exists()) {
        return true;
      }
      left += each.isOptional() ? 0 : 1;
      done.clear(index);
    }
    model.backTo(before);
    return false;
  }
}
