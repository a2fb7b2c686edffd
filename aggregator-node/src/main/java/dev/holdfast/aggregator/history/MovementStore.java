package dev.holdfast.aggregator.history;

import java.util.function.IntToLongFunction;
import java.util.function.ToIntFunction;

/** Stored movements, as far as their removal needs them. For any thread. */
public interface MovementStore {
  /**
   * Looks at the next movements and removes those that are due. What is removed is not part of the
   * history any more, from before it is gone.
   *
   * @param after where the step before ended; empty to begin
   * @param readMax movements that are looked at
   */
  Step sweep(byte[] after, Due due, int readMax);

  /**
   * Which movements are due.
   *
   * @param beforeMillis those of an earlier time, by partition
   * @param partitionOf the partition of a store
   * @param kept is told of those that stay
   */
  record Due(IntToLongFunction beforeMillis, ToIntFunction<String> partitionOf, Kept kept) {}

  /** Is told of what stays. */
  @FunctionalInterface
  interface Kept {
    void add(long timeMillis, long bytes);
  }

  /**
   * What a step did.
   *
   * @param last where the next one goes on; empty when all was looked at
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Step(byte[] last, int removed) {
    public boolean isLast() {
      return last.length == 0;
    }
  }
}
