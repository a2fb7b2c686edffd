package dev.holdfast.aggregator.testing;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up what may have happened in the stores of one partition. Same seed, same history. */
public final class RandomHistory {
  private static final int SKUS = 7;
  private static final int STORES = 3;
  private static final int UNREADABLE_EVERY = 20;
  private static final int DIGEST_EVERY = 8;
  private static final Reservation.Life LIFE = new Reservation.Life(60, 900);
  private static final ReservationStep CLOSED = new ReservationStep(60, null);

  private final Random random;
  private final PartitionLog log;
  private final Map<StockKey, StockLevel> levels = new HashMap<>();
  private final Map<ReservationKey, List<LineChange>> pending = new LinkedHashMap<>();
  private int reservations;
  private boolean unreadable;

  public RandomHistory(int partition, Random random) {
    this.random = random;
    this.log = new PartitionLog(partition);
  }

  /** Now and then there is an event of a type that this build does not know. */
  public RandomHistory withUnreadableEvents() {
    unreadable = true;
    return this;
  }

  /** Writes batches of 1 to 5 events. */
  public PartitionLog write(int batches) {
    for (int i = 0; i < batches; i++) {
      List<Event> events = new ArrayList<>();
      int count = 1 + random.nextInt(5);
      while (events.size() < count) {
        events.add(event());
      }
      log.append(events);
    }
    return log;
  }

  /** Digests are added up anew each time: nobody shares the way there. */
  private Event digest() {
    StateDigest digest = StateDigest.EMPTY;
    for (Map.Entry<StockKey, StockLevel> level : levels.entrySet()) {
      digest = digest.with(level.getKey(), level.getValue());
    }
    return new Event.StateDigestRecorded(digest);
  }

  private Event event() {
    if (unreadable && random.nextInt(UNREADABLE_EVERY) == 0) {
      return new Event.Unreadable("event of an unknown type");
    }
    if (random.nextInt(DIGEST_EVERY) == 0) {
      return digest();
    }
    StockKey item = item(random.nextInt(STORES), random.nextInt(SKUS));
    StockLevel level = levels.get(item);
    if (level == null) {
      return create(item);
    }
    return switch (random.nextInt(6)) {
      case 0, 1 -> adjust(item, level);
      case 2, 3 -> reserve(item.store());
      case 4 -> close(item);
      default -> nothing(item);
    };
  }

  /** Stores of different partitions sell the same SKUs. */
  private StockKey item(int store, int sku) {
    return new StockKey("shop-" + log.partition() + "-" + store, "sku-" + sku);
  }

  private Event create(StockKey item) {
    return new Event.ItemCreated(item, put(item, StockLevel.opening(random.nextInt(100))));
  }

  private Event adjust(StockKey item, StockLevel level) {
    long delta = random.nextInt(50) - Math.min(20, level.available());
    StockLevel after = put(item, level.adjusted(delta));
    return new Event.StockAdjusted(item, delta, AdjustmentReason.RECOUNT, after);
  }

  private Event reserve(String store) {
    List<LineChange> lines = new ArrayList<>();
    for (int sku = 0; sku < SKUS; sku++) {
      StockKey item = new StockKey(store, "sku-" + sku);
      StockLevel level = levels.get(item);
      if (level != null && level.available() > 0 && random.nextBoolean()) {
        lines.add(new LineChange(item.sku(), 1, put(item, level.held(1))));
      }
    }
    ReservationKey key = new ReservationKey(store, "r" + reservations++);
    pending.put(key, lines);
    return new ReservationEvent.StockReserved(key, lines, LIFE, "", List.of());
  }

  private Event close(StockKey otherwise) {
    if (pending.isEmpty()) {
      return nothing(otherwise);
    }
    ReservationKey key = pending.keySet().iterator().next();
    boolean confirm = random.nextBoolean();
    List<LineChange> lines = new ArrayList<>();
    for (LineChange held : pending.getOrDefault(key, List.of())) {
      StockKey item = new StockKey(key.store(), held.sku());
      StockLevel level = level(item);
      long quantity = held.quantity();
      StockLevel after =
          confirm ? level.changed(-quantity, -quantity, 0) : level.released(quantity);
      lines.add(new LineChange(held.sku(), quantity, put(item, after)));
    }
    pending.remove(key);
    return confirm
        ? new ReservationEvent.ReservationConfirmed(key, lines, CLOSED)
        : new ReservationEvent.ReservationReleased(key, lines, CLOSED);
  }

  private Event nothing(StockKey item) {
    return random.nextBoolean()
        ? new Event.ReceiptsEvicted(log.head())
        : new Event.CommandRejected(
            CommandKind.ADJUST_STOCK,
            item.store(),
            "",
            new Rejection.InsufficientStock(item.sku(), 9, 1, 1, 0, 0));
  }

  private StockLevel level(StockKey item) {
    StockLevel level = levels.get(item);
    if (level == null) {
      throw new IllegalStateException("reserved what is not there: " + item);
    }
    return level;
  }

  private StockLevel put(StockKey item, StockLevel level) {
    levels.put(item, level);
    return level;
  }
}
