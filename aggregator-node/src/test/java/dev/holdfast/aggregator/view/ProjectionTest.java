package dev.holdfast.aggregator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProjectionTest {
  private static final StockKey BERLIN = new StockKey("berlin", "mug");
  private static final StockKey PARIS = new StockKey("paris", "mug");

  /** The stored view as two maps. */
  private static final class Stored implements ViewRecords {
    private final Map<StockKey, StockLevel> levels = new HashMap<>();
    private final Map<String, SkuTotal> totals = new HashMap<>();
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
  }

  private final Stored stored = new Stored();
  private final Projection projection = new Projection(stored);

  @Test
  void shouldSumLevelsOverStores() {
    fold(created(BERLIN, 5), created(PARIS, 7));

    assertThat(projection.update().totals()).containsEntry("mug", new SkuTotal(12, 0, 2));
    assertThat(projection.update().levels()).containsEntry(PARIS, StockLevel.opening(7));
  }

  @Test
  void shouldChangeTotalByTheDifferenceToTheStoredLevel() {
    stored.levels.put(BERLIN, new StockLevel(10, 2, 4));
    stored.totals.put("mug", new SkuTotal(100, 20, 9));

    fold(adjusted(BERLIN, -3, new StockLevel(7, 2, 5)));

    assertThat(projection.update().totals()).containsEntry("mug", new SkuTotal(97, 20, 9));
  }

  @Test
  void shouldFoldManyEventsOfAnItemIntoOneRecord() {
    fold(
        created(BERLIN, 5),
        adjusted(BERLIN, 1, new StockLevel(6, 0, 2)),
        adjusted(BERLIN, 1, new StockLevel(7, 0, 3)));

    assertThat(projection.update().levels())
        .containsOnly(Map.entry(BERLIN, new StockLevel(7, 0, 3)));
    assertThat(projection.update().totals()).containsOnly(Map.entry("mug", new SkuTotal(7, 0, 1)));
  }

  @Test
  void shouldCountReservedUnits() {
    stored.levels.put(BERLIN, StockLevel.opening(5));
    stored.totals.put("mug", new SkuTotal(5, 0, 1));

    var line = new LineChange("mug", 2, new StockLevel(5, 2, 2));
    fold(new Event.StockReserved(new ReservationKey("berlin", "r1"), List.of(line)));

    assertThat(projection.update().totals()).containsEntry("mug", new SkuTotal(5, 2, 1));
  }

  @Test
  void shouldNotReadTheRecordOfANewItem() {
    fold(created(BERLIN, 5));

    assertThat(stored.levelsRead).isZero();
  }

  @Test
  void shouldTellTheCursorOfEachPartition() {
    PartitionLog log = new PartitionLog(2).append(List.of(created(BERLIN, 5), created(PARIS, 1)));
    Cursor end = Cursor.START.at(2, log.hash(0), log.batch(0).timeMillis());

    Cursor folded = projection.fold(log.batch(0), end);

    assertThat(folded.sequence()).isEqualTo(2);
    assertThat(projection.update().cursors()).containsOnly(Map.entry(2, folded));
  }

  @Test
  void shouldAddUpWhatTheViewHoldsNotWhatEventsTell() {
    StockLevel other = new StockLevel(99, 0, 4);
    stored.levels.put(BERLIN, other);
    StockLevel after = new StockLevel(7, 2, 5);
    StateDigest before = StateDigest.EMPTY.with(BERLIN, other);

    Cursor end = fold(Cursor.START.with(before, Trust.START), adjusted(BERLIN, -3, after));

    assertThat(end.digest()).isEqualTo(StateDigest.EMPTY.with(BERLIN, after));
  }

  @Test
  void shouldBeProvenByADigestThatIsEqual() {
    StateDigest digest = StateDigest.EMPTY.with(BERLIN, StockLevel.opening(5));

    Cursor end = fold(Cursor.START, created(BERLIN, 5), recorded(digest), created(PARIS, 1));

    assertThat(end.trust()).isEqualTo(new Trust(2, "", false));
    assertThat(projection.update().violated()).isEmpty();
  }

  @Test
  void shouldDistrustAPartFromTheFirstDigestThatDiffers() {
    StateDigest digest = StateDigest.EMPTY.with(BERLIN, StockLevel.opening(6));
    StateDigest found = StateDigest.EMPTY.with(BERLIN, StockLevel.opening(5));

    Cursor end = fold(Cursor.START, created(BERLIN, 5), recorded(digest), recorded(digest));

    assertThat(projection.update().violated())
        .containsExactly(new DigestCheck(0, 2, digest, found));
    assertThat(end.trust().untrusted()).contains("the digest at 2");
  }

  @Test
  void shouldNotTrustAgainByADigestAlone() {
    Trust distrusted = Trust.START.distrusted("it differs");

    Cursor end = fold(Cursor.START.with(distrusted), recorded(StateDigest.EMPTY));

    assertThat(end.trust()).isEqualTo(distrusted);
  }

  private void fold(Event... events) {
    var unused = fold(Cursor.START, events);
  }

  private Cursor fold(Cursor before, Event... events) {
    PartitionLog log = new PartitionLog(0).append(List.of(events));
    return projection.fold(log.batch(0), before.at(log.head(), log.hash(0), 0));
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
