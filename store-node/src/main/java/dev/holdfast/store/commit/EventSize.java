package dev.holdfast.store.commit;

import dev.holdfast.common.domain.RecordedEvent;

/** About how many bytes things take in a batch; strings count as their worst. */
final class EventSize {
  private static final int EVENT_BYTES = 160;
  private static final int LINE_BYTES = 100;

  private EventSize() {}

  static int of(RecordedEvent recorded) {
    return of(recorded.event().lineCount(), recorded.idempotencyKey(), recorded.reference());
  }

  static int of(int lines, String idempotencyKey, String reference) {
    return EVENT_BYTES + idempotencyKey.length() + 3 * reference.length() + lines * LINE_BYTES;
  }
}
