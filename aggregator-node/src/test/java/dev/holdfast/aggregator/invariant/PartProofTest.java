package dev.holdfast.aggregator.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.invariant.PartProof.DifferingItems;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartProofTest {
  private static final PartProof.At AT = new PartProof.At(3, 17, "node-b");
  private static final StateDigest VIEW = new StateDigest(1, 2, 3, 4, 5, 6);
  private static final StateDigest OTHER = new StateDigest(1, 2, 3, 4, 5, 7);
  private static final StockKey TEA = new StockKey("berlin", "tea");
  private static final StockKey CUP = new StockKey("berlin", "cup");
  private static final StockKey POT = new StockKey("berlin", "pot");
  private static final StockLevel FIVE = StockLevel.opening(5);
  private static final StockLevel SEVEN = StockLevel.opening(7);
  private static final Difference DIFFERENCE = new Difference(TEA, FIVE, SEVEN);
  private static final DifferingItems ONE = new DifferingItems(List.of(DIFFERENCE), 1);
  private static final DifferingItems NONE = DifferingItems.NOTHING;

  private static PartProof proof(StateDigest stores, DifferingItems wrong, DifferingItems parked) {
    return new PartProof(AT, VIEW, stores, wrong, parked, false);
  }

  @Test
  void shouldBeEqualWhenNothingDiffers() {
    assertThat(proof(VIEW, NONE, NONE).isEqual()).isTrue();
    assertThat(proof(OTHER, NONE, NONE).isEqual()).isFalse();
    assertThat(proof(VIEW, ONE, NONE).isEqual()).isFalse();
    assertThat(proof(VIEW, NONE, ONE).isEqual()).isFalse();
  }

  /** A view that lacks what it says it lacks is not wrong. */
  @Test
  void shouldBeWrongByMoreThanWhatIsParked() {
    assertThat(proof(VIEW, NONE, NONE).isWrong()).isFalse();
    assertThat(proof(OTHER, NONE, ONE).isWrong()).isFalse();
    assertThat(proof(OTHER, ONE, NONE).isWrong()).isTrue();
    assertThat(proof(OTHER, ONE, ONE).isWrong()).isTrue();
    assertThat(proof(OTHER, NONE, NONE).isWrong()).as("no item explains it").isTrue();
  }

  @Test
  void shouldTellTheCheckThatFailed() {
    assertThat(proof(OTHER, ONE, NONE).check()).isEqualTo(new DigestCheck(3, 17, OTHER, VIEW));
  }

  @Test
  void shouldFindRecordsThatDifferAndThatOneSideLacks() {
    Map<StockKey, StockLevel> stores = new HashMap<>(Map.of(TEA, FIVE, CUP, FIVE));
    RecordComparison comparison = new RecordComparison(stores);

    comparison.view(TEA, SEVEN);
    comparison.view(POT, FIVE);

    assertThat(comparison.found())
        .containsExactlyInAnyOrder(
            new Difference(TEA, SEVEN, FIVE),
            new Difference(POT, FIVE, null),
            new Difference(CUP, null, FIVE));
  }

  @Test
  void shouldFindNothingWhereBothAreTheSame() {
    RecordComparison comparison = new RecordComparison(new HashMap<>(Map.of(TEA, FIVE)));

    comparison.view(TEA, FIVE);

    assertThat(comparison.found()).isEmpty();
  }

  @Test
  void shouldBeEqualWhenNoTotalDiffers() {
    assertThat(new TotalsProof(2, 9, 4, List.of()).isEqual()).isTrue();
    assertThat(new TotalsProof(2, 9, 4, List.of("tea")).isEqual()).isFalse();
  }

  @Test
  void shouldBeOpenUntilItIsRepaired() {
    Violation found = new Violation(1, new DigestCheck(3, 17, OTHER, VIEW), 5, List.of(), 0);

    assertThat(found.isOpen()).isTrue();
    assertThat(found.repaired(9).isOpen()).isFalse();
  }

  @Test
  void shouldNameABoundedNumberOfDifferences() {
    Violation found = new Violation(1, new DigestCheck(3, 17, OTHER, VIEW), 5, List.of(), 0);
    List<Difference> many = Collections.nCopies(Violation.DIFFERENCES_MAX + 1, DIFFERENCE);

    assertThat(found.named(many).differences()).hasSize(Violation.DIFFERENCES_MAX);
    assertThat(found.named(many.subList(0, 3)).differences()).hasSize(3);
  }
}
