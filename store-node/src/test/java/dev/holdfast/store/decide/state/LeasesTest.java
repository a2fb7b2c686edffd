package dev.holdfast.store.decide.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.LeaseCommand.AcquireLease;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeasesTest {
  private final Leases leases = new Leases();

  @Test
  void shouldTellWhatLastsStill() {
    leases.put(item(1), new Lease("a", 1, 100));

    assertThat(leases.live(item(1), 99)).isNotNull();
    assertThat(leases.live(item(1), 100)).isNull();
    assertThat(leases.live(item(2), 0)).isNull();
  }

  @Test
  void shouldSweepWhatRanOutFirst() {
    leases.put(item(1), new Lease("a", 1, 300));
    leases.put(item(2), new Lease("a", 2, 100));
    leases.put(item(3), new Lease("a", 3, 200));
    leases.put(item(2), new Lease("a", 2, 400)); // renewed

    assertThat(leases.expired(300, 9)).containsExactly(item(3), item(1));
    assertThat(leases.expired(300, 1)).containsExactly(item(3));
    assertThat(leases.expired(199, 9)).isEmpty();
  }

  @Test
  void shouldCountThoseThatLast() {
    leases.put(item(1), new Lease("a", 1, 100));
    leases.put(item(2), new Lease("a", 2, 200));

    assertThat(leases.hasLive(2, 50)).isTrue();
    assertThat(leases.hasLive(2, 100)).isFalse();
    assertThat(leases.hasLive(1, 100)).isTrue();
    leases.put(item(2), null);
    assertThat(leases.hasLive(1, 50)).isTrue();
    assertThat(leases.hasLive(1, 100)).isFalse();
  }

  /** Leases of one moment differ by store and SKU alone. */
  @Test
  void shouldKeepLeasesApartThatEndTogether() {
    StockKey elsewhere = new StockKey("oslo", "sku-1");
    leases.put(item(1), new Lease("a", 1, 100));
    leases.put(item(2), new Lease("a", 2, 100));
    leases.put(elsewhere, new Lease("a", 3, 100));

    assertThat(leases.hasLive(3, 99)).isTrue();
    leases.put(item(2), null);
    assertThat(leases.expired(100, 9)).containsExactly(item(1), elsewhere);
  }

  /** Its own lease that ran out is replaced, not forgotten beside the new one. */
  @Test
  void shouldForgetOthersThatRanOutWithAGrant() {
    MemoryState state = new MemoryState();
    state.putLease(item(1), new Lease("a", 1, 100));
    state.putLease(item(2), new Lease("a", 2, 100));

    Decision decision =
        Dispatcher.decide(
            Requests.of(new AcquireLease(item(1), "b", 10, 100)), state, new Moment(100, 7));

    assertThat(((Decision.Decided) decision).event().event())
        .isEqualTo(new LeaseEvent.LeaseGranted(item(1), new Lease("b", 7, 110), List.of(item(2))));
  }

  @Test
  void shouldAskNoTokenWhereLeasesAreSwitchedOff() {
    MemoryState applied = new MemoryState();
    applied.putStock(item(1), null, new StockLevel(5, 0, 1));
    applied.putLease(item(1), new Lease("a", 1, 100));
    SpeculativeState state =
        new SpeculativeState(applied, Leases.ignored(), 0, DigestProgress.NONE);
    CommandRequest request =
        new CommandRequest(
            Requests.adjust("berlin", "sku-1", -1), Requests.ALICE, "", "", 0, List.of(99L));

    assertThat(Dispatcher.decide(request, applied, new Moment(1, 1)))
        .isInstanceOf(Decision.Refused.class);
    assertThat(Dispatcher.decide(request, state, new Moment(1, 1)))
        .isInstanceOf(Decision.Decided.class);
  }

  /** However many come and go, few stay behind. */
  @Test
  void shouldNotPileUp() {
    MemoryState state = new MemoryState();
    for (int i = 1; i <= 5_000; i++) {
      AcquireLease acquire = new AcquireLease(item(i), "a", 10, 100);
      Decision decision = Dispatcher.decide(Requests.of(acquire), state, new Moment(i, i));
      state.apply(((Decision.Decided) decision).event(), i);
    }

    assertThat(state.leases().all()).hasSizeLessThanOrEqualTo(10);
    assertThat(state.log().get(4_999).event()).isInstanceOf(LeaseEvent.LeaseGranted.class);
  }

  private static StockKey item(int number) {
    return new StockKey("berlin", "sku-" + number);
  }
}
