package dev.holdfast.aggregator.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * A letter that is to be tried now, and for whom.
 *
 * @param request null when it is tried by itself
 */
record LetterRetry(LetterId id, @Nullable OperatorRequest request) {
  static LetterRetry of(LetterId id, @Nullable OperatorRequest request) {
    if (request != null) {
      request.begun();
    }
    return new LetterRetry(id, request);
  }
}
