package dev.holdfast.store.feed;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.IgnoredChanges;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.proto.feed.v1.StoreTerms;
import dev.holdfast.proto.feed.v1.WatchedChange;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.store.state.fault.StateFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batches of the log as watchers are told them. Remembers the last one of each partition: all who
 * watch live want the same. For the thread that serves watchers.
 */
final class WatchedBatches {
  private final Map<Integer, Told> last = new HashMap<>();

  private record Told(long first, List<WatchedEvent> events) {}

  List<WatchedEvent> of(int partition, long first, byte[] encoded) {
    Told known = last.get(partition);
    if (known == null || known.first() != first) {
      known = new Told(first, told(first, encoded));
      last.put(partition, known);
    }
    return known.events();
  }

  private static List<WatchedEvent> told(long first, byte[] encoded) {
    try {
      EventBatch batch = EventBatchCodec.decode(encoded);
      List<WatchedEvent> events = new ArrayList<>(batch.events().size());
      for (int index = 0; index < batch.events().size(); index++) {
        events.add(told(batch, index));
      }
      return events;
    } catch (UnreadableException e) {
      throw StateFault.ofLog(first, e);
    }
  }

  private static WatchedEvent told(EventBatch batch, int index) {
    RecordedEvent event = batch.events().get(index);
    EventFacts facts = event.event().facts();
    WatchedEvent.Builder told =
        WatchedEvent.newBuilder()
            .setPosition(
                Position.newBuilder()
                    .setPartition(batch.partition())
                    .setSequence(batch.firstSequence() + index))
            .setTimeMillis(batch.timeMillis())
            .setKindValue(facts.kind().number())
            .setStore(facts.store())
            .setSku(facts.sku())
            .setReservationId(facts.reservationId())
            .setPrincipal(event.origin().principal())
            .setRequestId(event.origin().requestId())
            .setReference(event.reference())
            .setReason(facts.reason());
    told.setShortfall(shortfall(event.event()));
    if (event.event() instanceof TermsEvent.StoreTermsChanged changed) {
      told.setStoreTerms(
          StoreTerms.newBuilder()
              .setFrozenBefore(changed.frozenBefore())
              .setFrozen(changed.frozen()));
    }
    event.foldInto(new Changes(told), batch.timeMillis());
    return told.build();
  }

  private static long shortfall(Event event) {
    if (event instanceof Event.OrderExecuted order) {
      return order.steps().stream().mapToLong(WatchedBatches::shortfall).sum();
    }
    return event instanceof Event.StockAdjusted adjusted ? adjusted.shortfall() : 0;
  }

  /** Tells what the fold does to stock. */
  private static final class Changes extends IgnoredChanges {
    private final WatchedEvent.Builder to;

    Changes(WatchedEvent.Builder to) {
      this.to = to;
    }

    @Override
    public void putStock(StockKey item, @Nullable StockLevel before, StockLevel after) {
      to.addChanges(
          WatchedChange.newBuilder()
              .setOnHandDelta(after.onHand() - (before == null ? 0 : before.onHand()))
              .setReservedDelta(after.reserved() - (before == null ? 0 : before.reserved()))
              .setAfter(LevelAnswer.of(item, after))
              .setDeleted(after.isDeleted())
              .setSafetyStockBefore(before == null ? 0 : before.safetyStock())
              .setFrozenBefore(before != null && before.isFrozen()));
    }
  }
}
