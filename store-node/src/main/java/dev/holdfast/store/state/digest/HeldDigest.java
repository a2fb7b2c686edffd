package dev.holdfast.store.state.digest;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Digest of the units held of all items, in one number that adds up: units times the hash of the
 * item's key. So the reserved units of the records, the index of holds and the open reservations
 * can be compared without looking anything up: equal ones have equal digests.
 *
 * @param low sum of units times the first half of the hash, modulo 2^64
 * @param high the same with the second half
 * @param units sum of the units, modulo 2^64
 */
public record HeldDigest(long low, long high, long units) {
  static final HeldDigest NONE = new HeldDigest(0, 0, 0);

  /**
   * With more units of an item.
   *
   * @param key UTF-8 store, a zero byte, UTF-8 SKU
   */
  HeldDigest plus(byte[] key, long more) {
    if (more == 0) {
      return this;
    }
    ByteBuffer hash =
        ByteBuffer.wrap(Hashing.murmur3_128().hashBytes(key).asBytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    return new HeldDigest(low + more * hash.getLong(), high + more * hash.getLong(), units + more);
  }
}
