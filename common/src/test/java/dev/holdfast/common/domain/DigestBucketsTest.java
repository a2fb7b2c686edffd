package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DigestBucketsTest {
  @Test
  void shouldFindADifferenceInEveryBucket() {
    List<StateDigest> same = new DigestBuckets().digests();
    StateDigest other = StateDigest.EMPTY.with(new byte[] {1}, StockLevel.opening(5));

    for (int bucket = 0; bucket < DigestBuckets.COUNT; bucket++) {
      List<StateDigest> changed = new ArrayList<>(same);
      changed.set(bucket, other);

      assertThat(DigestBuckets.differing(same, changed)).containsExactly(bucket);
    }
  }
}
