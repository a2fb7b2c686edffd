package dev.holdfast.aggregator.testing;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.StockLevel.State;
import dev.holdfast.common.domain.TermsEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes up what may have happened in the stores of one partition, of every kind. Same seed, same
 * history.
 */
public final class RandomHistory {
  private static final int UNREADABLE_EVERY = 20;
  private static final int DIGEST_EVERY = 8;

  private final Random random;
  private final PartitionLog log;
  private final RandomLevels levels;
  private final RandomHolds holds;
  private final RandomShipments shipments;
  private boolean unreadable;

  public RandomHistory(int partition, Random random) {
    this.random = random;
    this.log = new PartitionLog(partition);
    this.levels = new RandomLevels(partition, random);
    this.holds = new RandomHolds(levels);
    this.shipments = new RandomShipments(levels);
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

  private Event event() {
    if (unreadable && random.nextInt(UNREADABLE_EVERY) == 0) {
      return new Event.Unreadable("event of an unknown type");
    }
    if (random.nextInt(DIGEST_EVERY) == 0) {
      return new Event.StateDigestRecorded(levels.digest());
    }
    String store = levels.store();
    return switch (random.nextInt(12)) {
      case 0, 1 -> otherwise(holds.next(), store);
      case 2, 3 -> otherwise(shipments.next(store), store);
      case 4 -> order(store);
      case 5 -> new TermsEvent.StoreTermsChanged(store, random.nextBoolean(), random.nextBoolean());
      case 6 -> lease(levels.itemOf(store));
      case 7 -> nothing(levels.itemOf(store));
      default -> stock(store);
    };
  }

  private Event otherwise(@Nullable Event event, String store) {
    return event == null ? stock(store) : event;
  }

  /** Changes one item, or reserves. */
  private Event stock(String store) {
    StockKey item = levels.itemOf(store);
    StockLevel level = levels.get(item);
    if (level == null || level.isDeleted()) {
      return create(item, level);
    }
    return switch (random.nextInt(7)) {
      case 0, 1 -> holds.reserve(store);
      case 2 -> count(item, level);
      case 3 -> terms(item, level);
      case 4 -> level.reserved() == 0 ? empty(item, level) : adjust(item, level);
      default -> adjust(item, level);
    };
  }

  private Event create(StockKey item, @Nullable StockLevel before) {
    long units = random.nextInt(100);
    StockLevel after = before == null ? StockLevel.opening(units) : before.reopened(units);
    return new Event.ItemCreated(item, before, levels.put(item, after));
  }

  private Event adjust(StockKey item, StockLevel level) {
    long delta = random.nextInt(50) - Math.min(20, level.available());
    StockLevel after = levels.put(item, level.adjusted(delta));
    long shortfall = random.nextInt(5) == 0 ? 3 : 0;
    return new Event.StockAdjusted(item, delta, AdjustmentReason.RECOUNT, after, shortfall);
  }

  /** Takes all there is, and then the item itself. */
  private Event empty(StockKey item, StockLevel level) {
    if (level.onHand() > 0) {
      StockLevel after = levels.put(item, level.adjusted(-level.onHand()));
      return new Event.StockAdjusted(item, -level.onHand(), AdjustmentReason.RECOUNT, after);
    }
    StockLevel after = levels.put(item, level.withTerms(0, State.DELETED));
    return new TermsEvent.ItemTermsChanged(item, level, after);
  }

  private Event count(StockKey item, StockLevel level) {
    long difference = random.nextInt(20) - Math.min(10, level.available());
    long book = 10L + random.nextInt(10);
    StockLevel after = levels.put(item, level.adjusted(difference));
    return new Event.StockCounted(item, book + difference, 5, book, after);
  }

  private Event terms(StockKey item, StockLevel level) {
    if (random.nextInt(4) == 0) {
      return new TermsEvent.ItemTermsChanged(item, level, level); // it was so already
    }
    State state = random.nextBoolean() ? State.FROZEN : State.ACTIVE;
    StockLevel after = levels.put(item, level.withTerms(random.nextInt(10), state));
    return new TermsEvent.ItemTermsChanged(item, level, after);
  }

  /** Several steps, often on the same item. */
  private Event order(String store) {
    List<Event> steps = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    while (steps.size() < count) {
      steps.add(stock(store));
    }
    return new Event.OrderExecuted(store, steps);
  }

  private Event lease(StockKey item) {
    Lease lease = new Lease("alice", log.head() + 1, 1_000);
    return switch (random.nextInt(3)) {
      case 0 -> new LeaseEvent.LeaseGranted(item, lease, List.of());
      case 1 -> new LeaseEvent.LeaseRenewed(item, lease);
      default -> new LeaseEvent.LeaseReleased(item, lease.token());
    };
  }

  private Event nothing(StockKey item) {
    return random.nextInt(3) == 0
        ? new Event.ReceiptsEvicted(log.head())
        : new Event.CommandRejected(
            CommandKind.ADJUST_STOCK,
            item.store(),
            "",
            new Rejection.InsufficientStock(item.sku(), 9, 1, 1, 0, 0));
  }
}
