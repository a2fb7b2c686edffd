package dev.holdfast.aggregator.testing;

import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The stock of one partition while a history is made up. */
final class RandomLevels {
  static final int SKUS = 7;
  private static final int STORES = 3;

  final Random random;
  private final int partition;
  private final Map<StockKey, StockLevel> levels = new HashMap<>();

  RandomLevels(int partition, Random random) {
    this.partition = partition;
    this.random = random;
  }

  String store() {
    return "shop-" + partition + "-" + random.nextInt(STORES);
  }

  /** Stores of different partitions sell the same SKUs. */
  static String sku(int number) {
    return "sku-" + number;
  }

  StockKey itemOf(String store) {
    return new StockKey(store, sku(random.nextInt(SKUS)));
  }

  /** Null when there never was one; deleted ones keep their level. */
  @Nullable StockLevel get(StockKey item) {
    return levels.get(item);
  }

  /** The level of an item that there is, or was. */
  StockLevel of(StockKey item) {
    StockLevel level = levels.get(item);
    if (level == null) {
      throw new IllegalStateException("there never was " + item);
    }
    return level;
  }

  /** Null when there is none now. */
  @Nullable StockLevel there(StockKey item) {
    StockLevel level = levels.get(item);
    return level == null || level.isDeleted() ? null : level;
  }

  StockLevel put(StockKey item, StockLevel level) {
    levels.put(item, level);
    return level;
  }

  /** A number from 1 up to a bound. */
  long upTo(long max) {
    return 1L + random.nextInt((int) Math.min(max, 5));
  }

  /** Added up anew each time: nobody shares the way there. */
  StateDigest digest() {
    StateDigest digest = StateDigest.EMPTY;
    for (Map.Entry<StockKey, StockLevel> level : levels.entrySet()) {
      digest = digest.with(level.getKey(), level.getValue());
    }
    return digest;
  }
}
