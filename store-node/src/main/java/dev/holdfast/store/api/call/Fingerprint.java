package dev.holdfast.store.api.call;

import com.google.common.hash.Hashing;
import com.google.protobuf.MessageLite;
import dev.holdfast.common.domain.CommandKind;

/**
 * Binds an idempotency key to its payload. The bytes are those of the request without its key,
 * which protobuf writes in field order; the kind keeps requests of equal bytes apart. Kept in
 * receipts, so it may never change.
 */
public final class Fingerprint {
  private Fingerprint() {}

  public static long of(CommandKind kind, MessageLite withoutKey) {
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
      case SET_SAFETY_STOCK -> 10;
      case SET_ITEM_FROZEN -> 11;
      case DELETE_ITEM -> 12;
      case SET_STORE_FROZEN -> 13;
      case COUNT_STOCK -> 14;
      case SUBMIT_ORDER -> 15;
      case ACQUIRE_LEASE -> 16;
      case RENEW_LEASE -> 17;
      case RELEASE_LEASE -> 18;
      case SHIP_TRANSFER -> 20;
      case RECEIVE_TRANSFER -> 21;
      case CANCEL_TRANSFER -> 22;
      case CREDIT_TRANSFER -> 23;
      case SETTLE_HANDOVER -> 24;
      case EXTEND_RESERVATION -> 6;
      case REPLACE_RESERVATION -> 7;
      case EXPIRE_RESERVATION -> 8;
    };
  }
}
