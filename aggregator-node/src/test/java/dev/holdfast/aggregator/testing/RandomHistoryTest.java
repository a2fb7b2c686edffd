package dev.holdfast.aggregator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventKind;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomHistoryTest {
  /** Also as steps of an order: what histories leave out, no property of the view covers. */
  @Test
  void shouldMakeEveryKindOfEvent() {
    Set<EventKind> made = EnumSet.noneOf(EventKind.class);
    PartitionLog log = new RandomHistory(0, new Random(7)).write(300);
    for (Event event : log.eventsThrough(log.head())) {
      made.add(event.kind());
    }

    assertThat(made).containsExactlyInAnyOrder(EventKind.values());
  }
}
