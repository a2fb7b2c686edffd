package dev.holdfast.aggregator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.EventKind;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemHistoryTest {
  private static final StockLevel FIVE = StockLevel.opening(5);
  private static final StockLevel SEVEN = FIVE.adjusted(2);
  private static final StockLevel NINE = SEVEN.adjusted(2);

  @Test
  void shouldHaveTheLevelAfterTheLastMovement() {
    ItemHistory history = new Listed(NINE, at(4, FIVE, SEVEN), at(8, SEVEN, NINE));

    assertThat(history.asOf(4)).contains(SEVEN);
    assertThat(history.asOf(7)).contains(SEVEN);
    assertThat(history.asOf(8)).contains(NINE);
  }

  @Test
  void shouldKnowFromTheNextMovementWhatWasBeforeTheFirst() {
    assertThat(new Listed(SEVEN, at(4, FIVE, SEVEN)).asOf(3)).contains(FIVE);
    assertThat(new Listed(FIVE, at(4, null, FIVE)).asOf(3)).isEmpty();
  }

  @Test
  void shouldKnowFromTheLevelNowWhatNeverMoved() {
    assertThat(new Listed(FIVE).asOf(3)).contains(FIVE);
    assertThat(new Listed(null).asOf(3)).isEmpty();
  }

  private static Movement at(long sequence, @Nullable StockLevel before, StockLevel after) {
    EventFacts facts = new EventFacts(EventKind.STOCK_ADJUSTED, "berlin", "", "", "");
    EventHeader header = new EventHeader(sequence, 1, facts, Origin.SYSTEM, "");
    return new Movement(header, new StockKey("berlin", "mug"), before, after);
  }

  private static final class Listed implements ItemHistory {
    private final @Nullable StockLevel level;
    private final List<Movement> movements;

    Listed(@Nullable StockLevel level, Movement... movements) {
      this.level = level;
      this.movements = List.of(movements);
    }

    @Override
    public HistorySince since() {
      return HistorySince.BEGINNING;
    }

    @Override
    public @Nullable StockLevel level() {
      return level;
    }

    @Override
    public @Nullable Movement lastThrough(long sequence) {
      return movements.stream()
          .filter(each -> each.sequence() <= sequence)
          .reduce((first, second) -> second)
          .orElse(null);
    }

    @Override
    public @Nullable Movement firstBehind(long sequence) {
      return movements.stream().filter(each -> each.sequence() > sequence).findFirst().orElse(null);
    }

    @Override
    public long sequenceAt(long timeMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Movement> list(long behind, long through, boolean newestFirst, int max) {
      throw new UnsupportedOperationException();
    }
  }
}
