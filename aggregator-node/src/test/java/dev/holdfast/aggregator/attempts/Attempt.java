package dev.holdfast.aggregator.attempts;

import java.util.concurrent.Callable;

/**
 * A row of the table.
 *
 * @param what somebody attempts
 * @param where the port, or what is started
 * @param ending how it must end, in words of {@link Ways}
 * @param deed does it, and tells how it ended
 */
record Attempt(String what, String where, String ending, Callable<String> deed) {
  @Override
  public String toString() {
    return "%s, at %s: %s".formatted(what, where, ending);
  }
}
