package dev.holdfast.aggregator.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.StockKey;
import org.junit.jupiter.api.Test;

class LetterIdTest {
  @Test
  void shouldReadWellForPeople() {
    LetterId id = new LetterId(0, 4711, new StockKey("berlin", "SKU1"));

    assertThat(id.text()).isEqualTo("0-4711-berlin-SKU1");
    assertThat(LetterId.ofEvent(0, 4711).text()).isEqualTo("0-4711");
  }
}
