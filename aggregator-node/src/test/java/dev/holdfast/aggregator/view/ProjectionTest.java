package dev.holdfast.aggregator.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.hash.HashCode;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProjectionTest {
  private static final StockKey BERLIN = new StockKey("berlin", "mug");
  private static final StockKey PARIS = new StockKey("paris", "mug");
  private static final Rejection NINE_WANTED =
      new Rejection.InsufficientStock("mug", 9, 1, 1, 0, 0);

  /** The stored view as two maps. */
  private static final class Stored implements ViewRecords {
    private final Map<StockKey, StockLevel> levels = new HashMap<>();
    private final Map<String, SkuTotal> totals = new HashMap<>();
    private final Map<String, UnmetDemand> demand = new HashMap<>();
    private int levelsRead;

    @Override
    public @Nullable StockLevel level(StockKey item) {
      levelsRead++;
      return levels.get(item);
    }

    @Override
    public @Nullable SkuTotal total(String sku) {
      return totals.get(sku);
    }

    @Override
    public UnmetDemand demand(String sku) {
      return demand.getOrDefault(sku, UnmetDemand.NONE);
    }
  }

  /** Notes what is parked; holds what it is told to. */
  private static final class Parked implements Parking {
    private final Set<StockKey> held = new HashSet<>();
    private final Map<StockKey, StockLevel> levels = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    @Override
    public boolean isParked(StockKey item) {
      return held.contains(item);
    }

    @Override
    public void forEachParked(BiConsumer<StockKey, StockLevel> visitor) {
      levels.forEach(visitor);
    }

    @Override
    public void applied() {
      told.add("applied");
    }

    @Override
    public void unreadable(int index, RuntimeException cause) {
      told.add(index + " unreadable: " + cause.getMessage());
    }

    @Override
    public void failed(int index, ItemChange change, RuntimeException cause) {
      told.add(index + " failed " + change.item().store() + ": " + cause.getMessage());
    }

    @Override
    public void waits(int index, ItemChange change) {
      told.add(index + " waits " + change.item().store());
    }
  }

  private final Stored stored = new Stored();
  private final Parked parked = new Parked();
  private final Set<StockKey> faulty = new HashSet<>();
  private final Projection projection = new Projection(stored, this::level);

  private StockLevel level(StockKey item, StockLevel after) {
    if (faulty.contains(item)) {
      throw new ArithmeticException("a bug");
    }
    return after;
  }

  @Test
  void shouldSumLevelsOverStores() {
    fold(created(BERLIN, 5), created(PARIS, 7));

    assertThat(projection.update().totals()).containsEntry("mug", TestViews.total(12, 0, 2));
    assertThat(projection.update().levels()).containsEntry(PARIS, StockLevel.opening(7));
  }

  @Test
  void shouldChangeTotalByTheDifferenceToTheStoredLevel() {
    stored.levels.put(BERLIN, new StockLevel(10, 2, 4));
    stored.totals.put("mug", TestViews.total(100, 20, 9));

    fold(adjusted(BERLIN, -3, new StockLevel(7, 2, 5)));

    assertThat(projection.update().totals()).containsEntry("mug", TestViews.total(97, 20, 9));
  }

  @Test
  void shouldFoldManyEventsOfAnItemIntoOneRecord() {
    fold(
        created(BERLIN, 5),
        adjusted(BERLIN, 1, new StockLevel(6, 0, 2)),
        adjusted(BERLIN, 1, new StockLevel(7, 0, 3)));

    assertThat(projection.update().levels())
        .containsOnly(Map.entry(BERLIN, new StockLevel(7, 0, 3)));
    assertThat(projection.update().totals())
        .containsOnly(Map.entry("mug", TestViews.total(7, 0, 1)));
  }

  /** As when an item that was never frozen is unfrozen: an event that tells its first version. */
  @Test
  void shouldCountAnItemOnceWhenItsTermsWereSoAlready() {
    StockLevel level = new StockLevel(5, 0, 1);
    stored.levels.put(BERLIN, level);
    stored.totals.put("mug", TestViews.total(5, 0, 1));

    fold(new TermsEvent.ItemTermsChanged(BERLIN, level, level));

    assertThat(projection.update().totals())
        .containsOnly(Map.entry("mug", TestViews.total(5, 0, 1)));
  }

  @Test
  void shouldCountReservedUnits() {
    stored.levels.put(BERLIN, StockLevel.opening(5));
    stored.totals.put("mug", TestViews.total(5, 0, 1));

    var line = new LineChange("mug", 2, new StockLevel(5, 2, 2));
    fold(
        new ReservationEvent.StockReserved(
            new ReservationKey("berlin", "r1"),
            List.of(line),
            new Reservation.Life(60, 900),
            "",
            List.of()));

    assertThat(projection.update().totals()).containsEntry("mug", TestViews.total(5, 2, 1));
  }

  @Test
  void shouldNotReadTheRecordOfANewItem() {
    fold(created(BERLIN, 5));

    assertThat(stored.levelsRead).isZero();
  }

  @Test
  void shouldTellTheSequenceOfEachMovement() {
    fold(created(BERLIN, 5), created(PARIS, 1), adjusted(BERLIN, 1, new StockLevel(6, 0, 2)));

    assertThat(projection.update().movements())
        .extracting(Movement::sequence, Movement::item)
        .containsExactly(tuple(1L, BERLIN), tuple(2L, PARIS), tuple(3L, BERLIN));
  }

  @Test
  void shouldTellWhichStoresAreFrozen() {
    fold(
        new TermsEvent.StoreTermsChanged("berlin", false, true),
        new TermsEvent.StoreTermsChanged("paris", false, true),
        new TermsEvent.StoreTermsChanged("paris", true, false));

    assertThat(projection.update().frozenStores())
        .containsOnly(Map.entry(0, Map.of("berlin", true, "paris", false)));
  }

  @Test
  void shouldTellTheCursorOfEachPartition() {
    PartitionLog log = new PartitionLog(2).append(List.of(created(BERLIN, 5), created(PARIS, 1)));
    ViewCursor end = ViewCursor.START.at(2, log.hash(0), log.batch(0).timeMillis());

    ViewCursor folded = projection.fold(log.batch(0), end, parked);

    assertThat(folded.sequence()).isEqualTo(2);
    assertThat(projection.update().cursors()).containsOnly(Map.entry(2, folded));
  }

  @Test
  void shouldAddUpWhatTheViewHoldsNotWhatEventsTell() {
    StockLevel other = new StockLevel(99, 0, 4);
    stored.levels.put(BERLIN, other);
    stored.totals.put("mug", TestViews.total(99, 0, 1));
    StockLevel after = new StockLevel(7, 2, 5);
    StateDigest before = StateDigest.EMPTY.with(BERLIN, other);

    ViewCursor end =
        fold(ViewCursor.START.with(before, PartTrust.START), adjusted(BERLIN, -3, after));

    assertThat(end.digest()).isEqualTo(StateDigest.EMPTY.with(BERLIN, after));
  }

  @Test
  void shouldBeProvenByADigestThatIsEqual() {
    StateDigest digest = StateDigest.EMPTY.with(BERLIN, StockLevel.opening(5));

    ViewCursor end =
        fold(ViewCursor.START, created(BERLIN, 5), recorded(digest), created(PARIS, 1));

    assertThat(end.trust()).isEqualTo(new PartTrust(2, "", false));
    assertThat(projection.update().violated()).isEmpty();
  }

  @Test
  void shouldDistrustAPartFromTheFirstDigestThatDiffers() {
    StateDigest digest = StateDigest.EMPTY.with(BERLIN, StockLevel.opening(6));
    StateDigest found = StateDigest.EMPTY.with(BERLIN, StockLevel.opening(5));

    ViewCursor end = fold(ViewCursor.START, created(BERLIN, 5), recorded(digest), recorded(digest));

    assertThat(projection.update().violated())
        .containsExactly(new DigestCheck(0, 2, digest, found));
    assertThat(end.trust().untrusted()).contains("the digest at 2");
  }

  /** What is parked is reported as such; the rest of the part is as it should be. */
  @Test
  void shouldTrustAPartThatDiffersByWhatIsParked() {
    parked.held.add(BERLIN);
    parked.levels.put(BERLIN, StockLevel.opening(5));
    StateDigest digest =
        StateDigest.EMPTY.with(BERLIN, StockLevel.opening(5)).with(PARIS, StockLevel.opening(7));

    ViewCursor end =
        fold(ViewCursor.START, created(BERLIN, 5), created(PARIS, 7), recorded(digest));

    assertThat(end.trust()).isEqualTo(PartTrust.START);
    assertThat(projection.update().violated()).isEmpty();
  }

  @Test
  void shouldNotExcuseADifferenceByAParkedChangeThatWasOvertaken() {
    StockLevel old = new StockLevel(6, 0, 2);
    StockLevel now = new StockLevel(9, 0, 3);
    stored.levels.put(BERLIN, now);
    parked.levels.put(BERLIN, old);
    ViewCursor start = ViewCursor.START.with(StateDigest.EMPTY.with(BERLIN, now), PartTrust.START);

    ViewCursor end = fold(start, recorded(StateDigest.EMPTY.with(BERLIN, old)));

    assertThat(end.trust().isTrusted()).isFalse();
    assertThat(projection.update().violated()).hasSize(1);
  }

  @Test
  void shouldNotTrustAgainByADigestAlone() {
    PartTrust distrusted = PartTrust.START.distrusted("it differs");

    ViewCursor end = fold(ViewCursor.START.with(distrusted), recorded(StateDigest.EMPTY));

    assertThat(end.trust()).isEqualTo(distrusted);
  }

  @Test
  void shouldParkOnlyWhatCanNotBeApplied() {
    faulty.add(BERLIN);

    fold(created(BERLIN, 5), created(PARIS, 7));

    assertThat(parked.told).containsExactly("0 failed berlin: a bug", "applied");
    assertThat(projection.update().levels()).containsOnlyKeys(PARIS);
    assertThat(projection.update().totals())
        .containsOnly(Map.entry("mug", TestViews.total(7, 0, 1)));
  }

  @Test
  void shouldNotTryAChangeWhoseItemIsHeld() {
    parked.held.add(BERLIN);

    fold(created(PARIS, 7), created(BERLIN, 5));

    assertThat(parked.told).containsExactly("applied", "1 waits berlin");
    assertThat(projection.update().levels()).containsOnlyKeys(PARIS);
  }

  @Test
  void shouldParkWhatWouldMakeAnImpossibleTotal() {
    stored.levels.put(BERLIN, new StockLevel(50, 0, 4));
    stored.totals.put("mug", TestViews.total(10, 0, 1));

    fold(adjusted(BERLIN, -40, new StockLevel(10, 0, 5)));

    assertThat(parked.told).hasSize(1);
    assertThat(parked.told.get(0)).startsWith("0 failed berlin: impossible total");
    assertThat(projection.update().totals()).isEmpty();
  }

  @Test
  void shouldParkWhatWouldOverflowATotal() {
    stored.totals.put("mug", TestViews.total(Long.MAX_VALUE - 1, 0, 1));

    fold(created(BERLIN, 5));

    assertThat(parked.told).containsExactly("0 failed berlin: long overflow");
  }

  @Test
  void shouldParkAnEventThatCanNotBeRead() {
    fold(new Event.Unreadable("of an unknown type"), created(BERLIN, 5));

    assertThat(parked.told).hasSize(2).last().isEqualTo("applied");
    assertThat(parked.told.get(0)).startsWith("0 unreadable: ").contains("of an unknown type");
  }

  @Test
  void shouldApplyAParkedChangeLate() {
    assertThat(retry(created(BERLIN, 5), BERLIN)).isNull();

    assertThat(projection.update().levels()).containsEntry(BERLIN, StockLevel.opening(5));
    StateDigest digest = StateDigest.EMPTY.with(BERLIN, StockLevel.opening(5));
    assertThat(projection.update().cursors())
        .containsOnly(Map.entry(0, ViewCursor.START.with(digest, PartTrust.START)));
  }

  @Test
  void shouldNotGoBackToWhatALaterChangeHasOvertaken() {
    stored.levels.put(BERLIN, new StockLevel(9, 0, 3));
    stored.totals.put("mug", TestViews.total(9, 0, 1));

    assertThat(retry(adjusted(BERLIN, 1, new StockLevel(6, 0, 2)), BERLIN)).isNull();
    assertThat(retry(created(BERLIN, 5), Parking.UNKNOWN)).isNull();

    assertThat(projection.update().levels()).isEmpty();
    assertThat(projection.update().totals()).isEmpty();
    assertThat(projection.update().cursors()).containsOnly(Map.entry(0, ViewCursor.START));
  }

  @Test
  void shouldChangeNothingByAChangeThatTheViewHasAlready() {
    StockLevel level = new StockLevel(6, 0, 2);
    stored.levels.put(BERLIN, level);
    stored.totals.put("mug", TestViews.total(6, 0, 1));

    assertThat(retry(adjusted(BERLIN, 1, level), BERLIN)).isNull();

    assertThat(projection.update().levels()).isEmpty();
    assertThat(projection.update().totals()).isEmpty();
  }

  @Test
  void shouldTellOfAChangeThatWasOvertaken() {
    stored.levels.put(BERLIN, new StockLevel(9, 0, 3));

    assertThat(retry(adjusted(BERLIN, 1, new StockLevel(6, 0, 2)), Parking.UNKNOWN)).isNull();

    assertThat(projection.update().movements())
        .extracting(Movement::sequence, Movement::before, Movement::after)
        .containsExactly(tuple(1L, StockLevel.opening(5), new StockLevel(6, 0, 2)));
  }

  @Test
  void shouldTellWhyARetryFailed() {
    faulty.add(BERLIN);

    assertThat(retry(created(BERLIN, 5), BERLIN)).hasMessage("a bug");
    assertThat(retry(new Event.Unreadable("newer"), Parking.UNKNOWN)).hasMessageContaining("newer");
  }

  @Test
  void shouldCountDemandThatWasRefusedForLackOfStock() {
    stored.demand.put("mug", new UnmetDemand(1, 3));

    fold(rejected(NINE_WANTED), rejected(new Rejection.QuantityLimit("mug", 9, 1)));

    assertThat(projection.update().demand()).containsOnly(Map.entry("mug", new UnmetDemand(2, 12)));
  }

  /** As of a newer build, whose event this one could not read at first. */
  @Test
  void shouldCountDemandOfARefusalThatIsReadLate() {
    assertThat(retry(rejected(NINE_WANTED), Parking.UNKNOWN)).isNull();

    assertThat(projection.update().demand()).containsOnly(Map.entry("mug", new UnmetDemand(1, 9)));
    assertThat(projection.update().refused()).hasSize(1);
  }

  @Test
  void shouldCountARefusalOfNothing() {
    assertThat(UnmetDemand.NONE.plus(0)).isEqualTo(new UnmetDemand(1, 0));
    assertThat(UnmetDemand.NONE.plus(-5)).isEqualTo(new UnmetDemand(1, 0));
  }

  @Test
  void shouldExpectTheSequenceBehindTheCursor() {
    ViewCursor cursor = ViewCursor.START.at(17, ViewCursor.START.batchHash(), 5);

    assertThat(ViewCursor.START.nextSequence()).isEqualTo(1);
    assertThat(cursor.nextSequence()).isEqualTo(18);
  }

  @Test
  void shouldStopCountingUnitsAtTheLargestNumber() {
    stored.demand.put("mug", new UnmetDemand(1, Long.MAX_VALUE - 1));

    fold(rejected(NINE_WANTED));

    assertThat(projection.update().demand())
        .containsEntry("mug", new UnmetDemand(2, Long.MAX_VALUE));
  }

  private static Event rejected(Rejection rejection) {
    return new Event.CommandRejected(CommandKind.RESERVE, "berlin", "r1", rejection);
  }

  private @Nullable RuntimeException retry(Event event, StockKey item) {
    RecordedEvent recorded = new RecordedEvent(event, Origin.SYSTEM, "", "", 0);
    return projection.retry(0, ViewCursor.START, new ParkedEvent(1, 0, recorded), item);
  }

  private void fold(Event... events) {
    var unused = fold(ViewCursor.START, events);
  }

  private ViewCursor fold(ViewCursor before, Event... events) {
    List<RecordedEvent> recorded =
        Arrays.stream(events)
            .map(event -> new RecordedEvent(event, Origin.SYSTEM, "", "", 0))
            .toList();
    HashCode hash = HashCode.fromBytes(BatchHash.genesis());
    EventBatch batch = new EventBatch(0, 1, 1, 0, hash.asBytes(), recorded);
    return projection.fold(batch, before.at(recorded.size(), hash, 0), parked);
  }

  private static Event recorded(StateDigest digest) {
    return new Event.StateDigestRecorded(digest);
  }

  private static Event created(StockKey item, long quantity) {
    return new Event.ItemCreated(item, StockLevel.opening(quantity));
  }

  private static Event adjusted(StockKey item, long delta, StockLevel after) {
    return new Event.StockAdjusted(item, delta, AdjustmentReason.RECOUNT, after);
  }
}
