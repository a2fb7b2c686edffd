package dev.holdfast.store.clock;

/**
 * The time of a partition's log, in milliseconds since 1970: what the leader stamps into batches,
 * and what every timer, limit and retention goes by.
 */
@FunctionalInterface
public interface LogTime {
  long millis();
}
