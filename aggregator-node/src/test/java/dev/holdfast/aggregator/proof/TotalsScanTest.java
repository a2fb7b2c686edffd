package dev.holdfast.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.HashCode;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.invariant.TotalsProof;
import dev.holdfast.aggregator.storage.Tampering;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One SKU in two stores, of which one has it frozen, and some of it is on its way. */
class TotalsScanTest {
  private static final HashCode HASH = HashCode.fromBytes(new byte[] {1});
  private static final StockLevel IN_BERLIN =
      new StockLevel(10, 4, 3, 5, 1, StockLevel.State.ACTIVE);
  private static final StockLevel IN_PARIS =
      new StockLevel(7, 0, 2, -2, 0, StockLevel.State.FROZEN);
  private static final SkuTotal RIGHT = new SkuTotal(17, 4, 2, 3, 5);

  @TempDir private Path directory;

  private TotalsProof proofOf(SkuTotal stored) throws Exception {
    try (ViewStore store = ViewStore.open(directory, "c1", "agg", TestKeys.usual())) {
      store.write(
          TestViews.update(
              Map.of(
                  new StockKey("berlin", "mug"), IN_BERLIN, new StockKey("paris", "mug"), IN_PARIS),
              Map.of("mug", RIGHT),
              Map.of(),
              Map.of(0, ViewCursor.START.at(1, HASH, 1)),
              List.of()),
          LetterUpdate.NONE);
    }
    Tampering.change(directory, "mug", stored);
    try (ViewStore store = ViewStore.open(directory, "c1", "agg", TestKeys.usual())) {
      return TotalsScan.of(store);
    }
  }

  @Test
  void shouldFindTotalsRightThatAre() throws Exception {
    assertThat(proofOf(RIGHT)).isEqualTo(new TotalsProof(1, 17, 4, List.of()));
  }

  static Stream<SkuTotal> shouldFindATotalWrongOfWhichAnyNumberIs() {
    return Stream.of(
        new SkuTotal(18, 4, 2, 3, 5),
        new SkuTotal(17, 3, 2, 3, 5),
        new SkuTotal(17, 4, 3, 3, 5),
        new SkuTotal(17, 4, 2, 4, 5),
        new SkuTotal(17, 4, 2, 3, 12));
  }

  @ParameterizedTest
  @MethodSource
  void shouldFindATotalWrongOfWhichAnyNumberIs(SkuTotal wrong) throws Exception {
    assertThat(proofOf(wrong).differing()).containsExactly("mug");
  }
}
