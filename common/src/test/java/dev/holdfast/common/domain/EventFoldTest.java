package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The fold writes what the event says, in its order, and reads nothing. */
final class EventFoldTest {
  private static final StockKey ITEM = new StockKey("berlin", "tea");
  private static final long NOW = 1_700_000_000_000L;

  private final List<String> written = new ArrayList<>();
  private final List<@Nullable StockLevel> before = new ArrayList<>();

  @Test
  void shouldSetTheLevelOfANewItem() {
    fold(new Event.ItemCreated(ITEM, new StockLevel(9, 0, 1)));

    assertThat(written).containsExactly(stock("tea", 9, 0, 1));
  }

  @Test
  void shouldSetTheLevelAfterAnAdjustment() {
    fold(new Event.StockAdjusted(ITEM, -2, AdjustmentReason.SALE, new StockLevel(7, 1, 5)));

    assertThat(written).containsExactly(stock("tea", 7, 1, 5));
  }

  @Test
  void shouldWriteNothingForARejection() {
    Rejection rejection = Rejection.of(RejectionCode.ITEM_NOT_FOUND, "tea");

    fold(new Event.CommandRejected(CommandKind.RESERVE, "berlin", "r-1", rejection));

    assertThat(written).isEmpty();
  }

  @Test
  void shouldWriteNothingForADigest() {
    fold(new Event.StateDigestRecorded(StateDigest.EMPTY));

    assertThat(written).isEmpty();
  }

  /** What an event changed can be told from the event alone. */
  @Test
  void shouldTellTheLevelBefore() {
    fold(new Event.ItemCreated(ITEM, new StockLevel(9, 0, 1)));
    fold(new Event.StockAdjusted(ITEM, -2, AdjustmentReason.SALE, new StockLevel(7, 1, 5)));

    assertThat(before).containsExactly(null, new StockLevel(9, 1, 4));
  }

  @Test
  void shouldTellTheLevelBeforeOfTermsCountsAndOrders() {
    StockLevel deleted = new StockLevel(0, 0, 7, 0, 0, StockLevel.State.DELETED);
    fold(new Event.ItemCreated(ITEM, deleted, deleted.reopened(5)));
    fold(new Event.StockCounted(ITEM, 4, NOW, 6, new StockLevel(3, 1, 9)));
    StockLevel frozen = new StockLevel(3, 1, 10, 0, 0, StockLevel.State.FROZEN);
    fold(new TermsEvent.ItemTermsChanged(ITEM, new StockLevel(3, 1, 9), frozen));
    Event sold = new Event.StockAdjusted(ITEM, -2, AdjustmentReason.SALE, new StockLevel(7, 1, 5));
    Event more = new Event.StockAdjusted(ITEM, -3, AdjustmentReason.SALE, new StockLevel(4, 1, 6));
    fold(new Event.OrderExecuted("berlin", List.of(sold, more)));

    assertThat(before)
        .containsExactly(
            deleted,
            new StockLevel(5, 1, 8),
            new StockLevel(3, 1, 9),
            new StockLevel(9, 1, 4),
            new StockLevel(7, 1, 5));
    assertThat(written).last().isEqualTo(stock("tea", 4, 1, 6));
  }

  @Test
  void shouldKeepWhoMayChangeWhat() {
    Lease lease = new Lease("till 4", 17, NOW + 5);
    StockKey old = new StockKey("berlin", "cup");
    fold(new LeaseEvent.LeaseGranted(ITEM, lease, List.of(old)));
    fold(new LeaseEvent.LeaseRenewed(ITEM, lease.until(NOW + 9)));
    fold(new LeaseEvent.LeaseReleased(ITEM, 17));
    fold(new TermsEvent.StoreTermsChanged("berlin", false, true));

    assertThat(written)
        .containsExactly(
            old + " leased null",
            ITEM + " leased " + lease,
            ITEM + " leased " + new Lease("till 4", 17, NOW + 9),
            ITEM + " leased null",
            "berlin frozen true");
  }

  /** Receipts are no part of the stock; whoever keeps them forgets them. */
  @Test
  void shouldWriteNothingForAnEviction() {
    fold(new Event.ReceiptsEvicted(17));

    assertThat(written).isEmpty();
  }

  private void fold(Event event) {
    Origin origin = new Origin("request-1", "alice");
    new RecordedEvent(event, origin, "order 66", "", 0).foldInto(new Written(), NOW);
  }

  private static String stock(String sku, long onHand, long reserved, long version) {
    return new StockKey("berlin", sku) + " = " + new StockLevel(onHand, reserved, version);
  }

  private final class Written implements UnindexedChanges, TransferChanges {
    @Override
    public void putStock(StockKey item, @Nullable StockLevel told, StockLevel level) {
      before.add(told);
      written.add(item + " = " + level);
    }

    @Override
    public void putReservation(ReservationKey key, Reservation reservation) {
      written.add(key + " = " + reservation);
    }

    @Override
    public void putLease(StockKey item, @Nullable Lease lease) {
      written.add(item + " leased " + lease);
    }

    @Override
    public void putStoreFrozen(String store, boolean frozen) {
      written.add(store + " frozen " + frozen);
    }

    @Override
    public TransferChanges transfers() {
      return this;
    }

    @Override
    public void putTransfer(TransferKey key, Transfer transfer) {
      written.add(key + " = " + transfer);
    }

    @Override
    public void putHandover(HandoverKey key, Handover handover) {
      written.add(key + " = " + handover);
    }

    @Override
    public void removeHandover(HandoverKey key) {
      written.add(key + " gone");
    }

    @Override
    public void putOutbound(int destinationPartition, OutboundChannel channel) {
      written.add("to " + destinationPartition + " = " + channel);
    }

    @Override
    public void putInbound(int sourcePartition, InboundChannel channel) {
      written.add("from " + sourcePartition + " = " + channel);
    }
  }
}
