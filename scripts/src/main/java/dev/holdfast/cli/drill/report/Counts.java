package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Outcome;
import java.util.List;

/**
 * Operations by their outcome.
 *
 * @param refused decided against
 * @param notTried refused before they were decided: overload, no leader
 */
public record Counts(long answered, long refused, long notTried, long unknown) {
  static final Counts NONE = new Counts(0, 0, 0, 0);

  static Counts of(List<Call> operations) {
    int[] counts = new int[4];
    operations.forEach(each -> counts[place(each.outcome())]++);
    return new Counts(counts[0], counts[1], counts[2], counts[3]);
  }

  private static int place(Outcome outcome) {
    if (outcome instanceof Outcome.Undecided undecided) {
      return undecided == Outcome.Undecided.NOT_TRIED ? 2 : 3;
    }
    return outcome instanceof Outcome.Answered ? 0 : 1;
  }

  Counts plus(Counts more) {
    return new Counts(
        answered + more.answered,
        refused + more.refused,
        notTried + more.notTried,
        unknown + more.unknown);
  }

  public long all() {
    return answered + refused + notTried + unknown;
  }

  /** Operations with a decision, for or against. */
  public long decided() {
    return answered + refused;
  }
}
