package dev.holdfast.common.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StateDigestTest {
  private static final StockKey TEA = new StockKey("Zürich", "tea");
  private static final StockLevel NINE = new StockLevel(9, 2, 7);

  /** Written down once: digests in logs and views of today must mean the same tomorrow. */
  @Test
  void shouldKeepTheHashOfARecord() {
    assertThat(StateDigest.EMPTY.with(TEA, NINE))
        .isEqualTo(new StateDigest(-4844771203562770456L, -9099255687240467819L, 1, 9, 2, 0));
  }

  /** Whoever compares buckets may be of another build. */
  @Test
  void shouldKeepTheBucketOfARecord() {
    assertThat(DigestBuckets.bucketOf(TEA)).isEqualTo(3681);
  }

  @Test
  void shouldNotDependOnTheOrderOrTheWayThere() {
    Random random = new Random(7);
    Map<StockKey, StockLevel> records = new HashMap<>();
    StateDigest running = StateDigest.EMPTY;
    for (int i = 0; i < 2_000; i++) {
      StockKey item = new StockKey("store-" + random.nextInt(5), "sku-" + random.nextInt(50));
      StockLevel before = records.get(item);
      long version = before == null ? 1 : before.version() + 1;
      long onHand = random.nextInt(90);
      long shipped = random.nextInt(9) - 4L;
      StockLevel after =
          new StockLevel(onHand, onHand / 3, version, shipped, 0, StockLevel.State.ACTIVE);
      running = running.changed(item, before, after);
      records.put(item, after);
    }
    List<Map.Entry<StockKey, StockLevel>> shuffled = new ArrayList<>(records.entrySet());
    Collections.shuffle(shuffled, random);

    StateDigest sum = StateDigest.EMPTY;
    for (Map.Entry<StockKey, StockLevel> each : shuffled) {
      sum = sum.with(each.getKey(), each.getValue());
    }

    assertThat(running).isEqualTo(sum);
    assertThat(running.records()).isEqualTo(records.size());
    assertThat(running.onHand())
        .isEqualTo(records.values().stream().mapToLong(StockLevel::onHand).sum());
  }

  @Test
  void shouldTellEveryDifference() {
    StateDigest digest = StateDigest.EMPTY.with(TEA, NINE);

    assertThat(digest).isNotEqualTo(StateDigest.EMPTY.with(new StockKey("Zürich", "te"), NINE));
    assertThat(digest).isNotEqualTo(StateDigest.EMPTY.with(new StockKey("Zürichtea", ""), NINE));
    assertThat(digest).isNotEqualTo(StateDigest.EMPTY.with(TEA, new StockLevel(8, 2, 7)));
    assertThat(digest).isNotEqualTo(StateDigest.EMPTY.with(TEA, new StockLevel(9, 1, 7)));
    assertThat(digest).isNotEqualTo(StateDigest.EMPTY.with(TEA, new StockLevel(9, 2, 8)));
    for (StockLevel other :
        List.of(
            new StockLevel(9, 2, 7, 1, 0, StockLevel.State.ACTIVE),
            new StockLevel(9, 2, 7, 0, 1, StockLevel.State.ACTIVE),
            new StockLevel(9, 2, 7, 0, 0, StockLevel.State.FROZEN))) {
      assertThat(digest.low()).isNotEqualTo(StateDigest.EMPTY.with(TEA, other).low());
    }
    StockLevel next = new StockLevel(4, 0, 8);
    assertThat(digest.changed(TEA, NINE, next).changed(TEA, next, NINE)).isEqualTo(digest);
  }

  @Test
  void shouldTakeARecordByTheBytesOfItsKeyAsWell() {
    byte[] key = "Zürich\0tea".getBytes(UTF_8);

    assertThat(StateDigest.EMPTY.with(key, NINE)).isEqualTo(StateDigest.EMPTY.with(TEA, NINE));
    assertThat(DigestBuckets.bucketOf(key)).isEqualTo(DigestBuckets.bucketOf(TEA));
  }

  @Test
  void shouldSplitADigestIntoBuckets() {
    DigestBuckets one = new DigestBuckets();
    DigestBuckets other = new DigestBuckets();
    StateDigest all = StateDigest.EMPTY;
    for (int i = 0; i < 500; i++) {
      StockKey item = new StockKey("berlin", "sku-" + i);
      all = all.with(item, NINE);
      one.add(item, NINE);
      other.add(item, i == 99 ? new StockLevel(9, 2, 8) : NINE);
    }

    assertThat(one.digests()).hasSize(DigestBuckets.COUNT);
    assertThat(one.digests().stream().reduce(StateDigest.EMPTY, StateDigest::plus)).isEqualTo(all);
    assertThat(DigestBuckets.differing(one.digests(), other.digests()))
        .containsExactly(DigestBuckets.bucketOf(new StockKey("berlin", "sku-99")));
  }
}
