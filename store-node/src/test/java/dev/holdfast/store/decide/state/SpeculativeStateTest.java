package dev.holdfast.store.decide.state;

import static dev.holdfast.store.testing.Requests.adjust;
import static dev.holdfast.store.testing.Requests.confirm;
import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.Requests.reserve;
import static dev.holdfast.store.testing.TransferRequests.OTHER_PARTITION;
import static dev.holdfast.store.testing.TransferRequests.cancel;
import static dev.holdfast.store.testing.TransferRequests.credit;
import static dev.holdfast.store.testing.TransferRequests.handover;
import static dev.holdfast.store.testing.TransferRequests.receive;
import static dev.holdfast.store.testing.TransferRequests.received;
import static dev.holdfast.store.testing.TransferRequests.settle;
import static dev.holdfast.store.testing.TransferRequests.ship;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SpeculativeStateTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");
  private static final ReservationKey R1 = new ReservationKey("berlin", "r1");

  private final CountingState applied = new CountingState();
  private SpeculativeState state =
      new SpeculativeState(applied, applied.leases(), 0, DigestProgress.NONE);

  @Test
  void shouldSeeWhatWasDecidedBeforeItIsApplied() {
    decide(createItem("berlin", "tea", 9));
    decide(adjust("berlin", "tea", -2));

    assertThat(state.stock(TEA)).isEqualTo(new StockLevel(7, 0, 2));
    assertThat(state.lastSequence()).isEqualTo(2);
    assertThat(applied.stock(TEA)).isNull();
  }

  @Test
  void shouldTellTheSequenceThatItGives() {
    RecordedEvent digest = decide(CommandRequest.ofSystem(new Command.RecordDigest()));

    assertThat(state.fold(digest, 1)).isEqualTo(2);
    assertThat(state.lastSequence()).isEqualTo(2);
  }

  @Test
  void shouldSeeAClosedReservationAsClosedThoughItIsStillOpenWhereItIsApplied() {
    decideAndApply(createItem("berlin", "tea", 9));
    decideAndApply(reserve("berlin", "r1", line("tea", 2)));
    RecordedEvent confirmed = decide(confirm("berlin", "r1"));

    Reservation closed = new Reservation.Closed(Reservation.State.CONFIRMED);
    assertThat(applied.reservation(R1)).isInstanceOf(Reservation.Open.class);
    assertThat(state.reservation(R1)).isEqualTo(closed);

    applied.apply(confirmed, 1);
    state.prune(applied.sequence());
    assertThat(state.reservation(R1)).isEqualTo(closed);
  }

  @Test
  void shouldSeeTransfersAndHandOversBeforeTheyAreApplied() {
    decideAndApply(createItem("berlin", "tea", 9));
    decideAndApply(ship("berlin", "t1", "oslo", line("tea", 4)));
    decideAndApply(receive("berlin", "t1", received("tea", 1, 0)));
    decide(receive("berlin", "t1", received("tea", 2, 0)));

    TransferState transfers = state.transfers();
    Transfer transfer = transfers.transfer(new TransferKey("berlin", "t1"));
    assertThat(transfers.outbound(OTHER_PARTITION).last()).isEqualTo(2);
    assertThat(applied.transfers().outbound(OTHER_PARTITION).last()).isEqualTo(1);
    assertThat(transfer).isNotNull().returns(3L, t -> t.lines().get(0).arriving());

    decide(settle("berlin", "t1", 1, true));
    assertThat(transfers.handover(new HandoverKey(OTHER_PARTITION, 1))).isNull();
    assertThat(transfers.handover(new HandoverKey(OTHER_PARTITION, 2))).isNotNull();
  }

  @Test
  void shouldSeeThatAStoreWasFrozenBeforeItIsApplied() {
    decide(new TermsCommand.SetStoreFrozen("berlin", true));
    assertThat(state.frozenStores()).containsExactly("berlin");
    assertThat(applied.frozenStores()).isEmpty();

    decide(new TermsCommand.SetStoreFrozen("berlin", false));
    assertThat(state.frozenStores()).isEmpty();
  }

  @Test
  void shouldSeeALeaseBeforeItIsApplied() {
    decide(createItem("berlin", "tea", 9));
    decide(new LeaseCommand.AcquireLease(TEA, "till 1", 2_000, 10));

    assertThat(state.leases().all()).containsOnlyKeys(TEA);
    assertThat(applied.leases().isEmpty()).isTrue();
  }

  /** The second number of a channel is decided while the first is on its way. */
  @Test
  void shouldSeeWhatArrivedBeforeItIsApplied() {
    decide(credit(1, handover("oslo", "t1", "berlin", line("tea", 4))));
    decide(credit(2, handover("oslo", "t2", "berlin", line("tea", 2))));

    assertThat(state.transfers().inbound(OTHER_PARTITION))
        .isEqualTo(new InboundChannel(2, List.of(), 6));
    assertThat(applied.transfers().inbound(OTHER_PARTITION)).isEqualTo(InboundChannel.NONE);
  }

  /** Closed ones go with the receipts, and their ids are free again. */
  @Test
  void shouldForgetClosedReservationsAndTransfersWhenAppliedStateDoes() {
    decideAndApply(createItem("berlin", "tea", 9));
    decideAndApply(reserve("berlin", "r1", line("tea", 2)));
    decideAndApply(confirm("berlin", "r1"));
    decideAndApply(ship("berlin", "t1", "oslo", line("tea", 4)));
    decideAndApply(cancel("berlin", "t1"));
    TransferKey transfer = new TransferKey("berlin", "t1");
    assertThat(state.reservation(R1)).isNotNull();
    assertThat(state.transfers().transfer(transfer)).isNotNull();

    decideAndApply(new Command.EvictReceipts(5));

    assertThat(state.reservation(R1)).isNull();
    assertThat(state.transfers().transfer(transfer)).isNull();
  }

  /** Otherwise the state beside the applied one would grow for as long as the leader leads. */
  @Test
  void shouldLetGoOfAppliedHandoversAndChannels() {
    decideAndApply(createItem("berlin", "tea", 9));
    decideAndApply(ship("berlin", "t1", "oslo", line("tea", 4)));
    decideAndApply(receive("berlin", "t1", received("tea", 1, 0)));
    decideAndApply(credit(1, handover("oslo", "t2", "berlin", line("tea", 2))));

    HandoverKey handover = new HandoverKey(OTHER_PARTITION, 1);
    OutboundChannel outbound = new OutboundChannel(7, 6, 5);
    InboundChannel inbound = new InboundChannel(9, List.of(), 8);
    applied.transfers().removeHandover(handover);
    applied.transfers().putOutbound(OTHER_PARTITION, outbound);
    applied.transfers().putInbound(OTHER_PARTITION, inbound);

    assertThat(state.transfers().handover(handover)).isNull();
    assertThat(state.transfers().outbound(OTHER_PARTITION)).isEqualTo(outbound);
    assertThat(state.transfers().inbound(OTHER_PARTITION)).isEqualTo(inbound);
  }

  @Test
  void shouldReadAnItemThatNobodyChangesOnceOnly() {
    applied.putStock(TEA, null, new StockLevel(9, 0, 1));

    state.stock(TEA);
    state.stock(TEA);

    assertThat(applied.stockReads).isEqualTo(1);
  }

  @Test
  void shouldLetGoOfItemsBeyondItsBound() {
    List<StockKey> items =
        IntStream.rangeClosed(0, 50_000).mapToObj(i -> new StockKey("berlin", "sku-" + i)).toList();
    items.forEach(item -> applied.putStock(item, null, new StockLevel(9, 0, 1)));
    items.forEach(state::stock);

    state.prune(0);
    applied.stockReads = 0;

    state.stock(items.get(50_000));
    state.stock(items.get(1));
    assertThat(applied.stockReads).isZero();
    state.stock(items.get(0));
    assertThat(applied.stockReads).isEqualTo(1);
  }

  @Test
  void shouldKnowAReceiptAtOnceAndAfterPruning() {
    var request = Requests.of(createItem("berlin", "tea", 9), "key-1");
    RecordedEvent event = decide(request);

    assertThat(state.receipt(request.receiptKey()))
        .isEqualTo(new Receipt(1, request.fingerprint()));

    applied.apply(event, 1);
    state.prune(1);
    assertThat(state.receipt(request.receiptKey()))
        .isEqualTo(new Receipt(1, request.fingerprint()));
  }

  /** A receipt that applied state has forgotten is forgotten here too. */
  @Test
  void shouldForgetAnEvictedReceipt() {
    var request = Requests.of(createItem("berlin", "tea", 9), "key-1");
    applied.apply(decide(request), 1);
    applied.apply(decide(new Command.EvictReceipts(1)), 1);

    state.prune(applied.sequence());

    assertThat(state.receipt(request.receiptKey())).isNull();
  }

  @Test
  void shouldReadAnItemFromAppliedStateOnceOnly() {
    decideAndApply(createItem("berlin", "tea", 9));
    DigestProgress digests = new DigestProgress(applied.digest(), 0);
    state = new SpeculativeState(applied, applied.leases(), applied.sequence(), digests);

    int before = applied.stockReads;

    for (int i = 1; i <= 9; i++) {
      decideAndApply(adjust("berlin", "tea", -1, i));
    }

    assertThat(applied.stockReads - before).isEqualTo(1);
    assertThat(state.stock(TEA)).isEqualTo(new StockLevel(0, 0, 10));
  }

  @Test
  void shouldKeepTheDigestOfWhatItHolds() {
    decide(createItem("berlin", "tea", 9));
    decide(reserve("berlin", "r1", line("tea", 2)));
    decide(confirm("berlin", "r1"));

    assertThat(state.digest())
        .isEqualTo(StateDigest.EMPTY.with(TEA, new StockLevel(7, 0, 3)))
        .isEqualTo(StateDigest.EMPTY.changed(TEA, null, new StockLevel(7, 0, 3)));
  }

  /** Its own event is the first one that a digest does not count. */
  @Test
  void shouldCountTheEventsSinceADigest() {
    decide(createItem("berlin", "tea", 9));
    decide(adjust("berlin", "tea", -2));
    assertThat(state.eventsSinceDigest()).isEqualTo(2);

    RecordedEvent digest = decide(CommandRequest.ofSystem(new Command.RecordDigest()));
    assertThat(digest.event()).isEqualTo(new Event.StateDigestRecorded(state.digest()));
    assertThat(state.eventsSinceDigest()).isZero();

    decide(adjust("berlin", "tea", 1));
    assertThat(state.eventsSinceDigest()).isEqualTo(1);
  }

  private void decideAndApply(Command command) {
    applied.apply(decide(command), 1);
    state.prune(applied.sequence());
  }

  private RecordedEvent decide(Command command) {
    return decide(Requests.of(command));
  }

  private RecordedEvent decide(CommandRequest request) {
    RecordedEvent event =
        ((Decision.Decided) Dispatcher.decide(request, state, Requests.MOMENT)).event();
    state.fold(event, 1);
    return event;
  }

  private static final class CountingState extends MemoryState {
    int stockReads;

    @Override
    public synchronized @Nullable StockLevel stock(StockKey item) {
      stockReads++;
      return super.stock(item);
    }
  }
}
