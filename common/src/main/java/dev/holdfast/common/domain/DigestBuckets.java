package dev.holdfast.common.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The digest of records, split by a hash of their keys into {@link #COUNT} parts, so that two sets
 * of records that differ tell where, without one being sent to the other. For one thread.
 */
public final class DigestBuckets {
  /** A million records make about 250 a bucket. */
  public static final int COUNT = 4096;

  private final StateDigest[] buckets = new StateDigest[COUNT];

  public DigestBuckets() {
    Arrays.fill(buckets, StateDigest.EMPTY);
  }

  /**
   * The bucket that an item falls into, from 0: of its Murmur3 (x64, 128 bits, seed 0) low bits.
   */
  public static int bucketOf(StockKey item) {
    return bucketOf(key(item));
  }

  private static byte[] key(StockKey item) {
    return (item.store() + '\0' + item.sku()).getBytes(UTF_8);
  }

  /**
   * The bucket of an item.
   *
   * @param key UTF-8 store, a zero byte, UTF-8 SKU
   */
  public static int bucketOf(byte[] key) {
    return (int) Hashing.murmur3_128().hashBytes(key).asLong() & (COUNT - 1);
  }

  public void add(StockKey item, StockLevel level) {
    add(key(item), level);
  }

  /**
   * Adds a record.
   *
   * @param key UTF-8 store, a zero byte, UTF-8 SKU
   */
  public void add(byte[] key, StockLevel level) {
    int bucket = bucketOf(key);
    buckets[bucket] = buckets[bucket].with(key, level);
  }

  public List<StateDigest> digests() {
    return List.of(buckets);
  }

  /** The buckets in which two sets of records differ. */
  public static List<Integer> differing(List<StateDigest> one, List<StateDigest> other) {
    List<Integer> differing = new ArrayList<>();
    for (int bucket = 0; bucket < COUNT; bucket++) {
      if (!one.get(bucket).equals(other.get(bucket))) {
        differing.add(bucket);
      }
    }
    return differing;
  }
}
