package dev.holdfast.aggregator.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * A letter that is to be tried now, and for whom.
 *
 * @param request null when it is tried by itself
 */
record Trial(LetterId id, @Nullable Request request) {
  static Trial of(LetterId id, @Nullable Request request) {
    if (request != null) {
      request.begun();
    }
    return new Trial(id, request);
  }
}
