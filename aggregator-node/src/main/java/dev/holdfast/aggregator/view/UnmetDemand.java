package dev.holdfast.aggregator.view;

/**
 * Demand for a SKU that was refused for lack of stock. A count that cannot fail: it stops at the
 * largest number.
 *
 * @param times refusals
 * @param units that were asked for in them
 */
public record UnmetDemand(long times, long units) {
  public static final UnmetDemand NONE = new UnmetDemand(0, 0);

  /** One more refusal. */
  UnmetDemand plus(long requested) {
    long sum = units + Math.max(0, requested);
    return new UnmetDemand(times + 1, sum < 0 ? Long.MAX_VALUE : sum);
  }
}
