package dev.holdfast.store.api;

import com.google.common.hash.Hashing;
import com.google.protobuf.MessageLite;
import dev.holdfast.common.domain.CommandKind;

/**
 * Binds an idempotency key to its payload. The bytes are those of the request without its key,
 * which protobuf writes in field order; the kind keeps requests of equal bytes apart. Kept in
 * receipts, so it may never change.
 */
final class Fingerprint {
  private Fingerprint() {}

  static long of(CommandKind kind, MessageLite withoutKey) {
    long payload = Hashing.farmHashFingerprint64().hashBytes(withoutKey.toByteArray()).asLong();
    return payload * 31 + number(kind);
  }

  private static int number(CommandKind kind) {
    return switch (kind) {
      case CREATE_ITEM -> 1;
      case ADJUST_STOCK -> 2;
      case RESERVE -> 3;
      case CONFIRM_RESERVATION -> 4;
      case RELEASE_RESERVATION -> 5;
    };
  }
}
