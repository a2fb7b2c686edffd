package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.EventPlace;
import dev.holdfast.aggregator.deadletter.EventStamp;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterState;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event of a thousand changes is stored once, however many of them are parked. */
class ParkedEventsTest {
  private static final int CHANGES = 1_000;
  private static final EventPlace PLACE = new EventPlace(0, 7);
  private static final ByteString EVENT = ByteString.copyFrom(new byte[1 << 20]);
  private static final ViewUpdate NOTHING =
      TestViews.update(Map.of(), Map.of(), Map.of(), Map.of(), List.of());

  @TempDir private Path directory;

  @Test
  void shouldStoreTheEventOnceAndKeepItAsLongAsALetter() throws Exception {
    List<LetterId> ids = IntStream.range(0, CHANGES).mapToObj(ParkedEventsTest::id).toList();
    try (ViewStore store = ViewStore.open(directory, "c1", "a-1", TestKeys.usual())) {
      store.write(NOTHING, parked(ids));
      assertThat(store.letters().page(null, DeadLetter::isOpen, CHANGES)).hasSize(CHANGES);
      assertThat(store.letters().event(PLACE)).isEqualTo(EVENT);
    }
    assertThat(lettersBytes()).isLessThan(CHANGES * 200L);

    try (ViewStore store = ViewStore.open(directory, "c1", "a-1", TestKeys.usual())) {
      store.write(NOTHING, removed(Set.copyOf(ids.subList(1, CHANGES))));
      assertThat(store.letters().event(PLACE)).isEqualTo(EVENT);

      store.write(NOTHING, removed(Set.of(ids.get(0))));
      assertThat(store.letters().event(PLACE)).isNull();
    }
  }

  private long lettersBytes() throws Exception {
    long bytes = 0;
    try (ViewDatabase database = new ViewDatabase(directory, null);
        var letters = database.db().newIterator(database.handle(Family.LETTERS))) {
      for (letters.seekToFirst(); letters.isValid(); letters.next()) {
        bytes += letters.value().length;
      }
    }
    return bytes;
  }

  private static LetterId id(int change) {
    return new LetterId(0, 7, new StockKey("berlin", "sku-" + change));
  }

  private static LetterUpdate parked(List<LetterId> ids) {
    Map<LetterId, DeadLetter> kept =
        ids.stream().collect(Collectors.toMap(Function.identity(), ParkedEventsTest::letter));
    return new LetterUpdate(Map.of(PLACE, EVENT), kept, Set.of(), Map.of(), Map.of(), Map.of());
  }

  private static DeadLetter letter(LetterId id) {
    EventStamp stamp = new EventStamp(1, new Origin("r", "me"));
    return new DeadLetter(id, LetterState.PARKED, "a bug", "", 3, 1, 1, 0, stamp);
  }

  private static LetterUpdate removed(Set<LetterId> ids) {
    return new LetterUpdate(Map.of(), Map.of(), ids, Map.of(), Map.of(), Map.of());
  }
}
