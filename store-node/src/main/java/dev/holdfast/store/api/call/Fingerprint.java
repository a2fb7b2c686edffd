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
    return payload * 31 + kind.number();
  }
}
