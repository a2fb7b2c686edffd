package dev.holdfast.aggregator.deadletter;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.view.EventChanges;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads from parked events which levels they leave items at. Letters of one event are asked for one
 * after the other, so the event is read once for all of them. For the writer thread.
 */
final class ParkedLevels {
  private final Function<EventPlace, @Nullable ByteString> events;
  private @Nullable EventPlace place;
  private Map<StockKey, StockLevel> levels = Map.of();

  ParkedLevels(Function<EventPlace, @Nullable ByteString> events) {
    this.events = events;
  }

  /** The level of the letter's item after its change; null when that cannot be read. */
  @Nullable StockLevel after(DeadLetter letter) {
    if (!letter.id().place().equals(place)) {
      levels = read(letter);
      place = letter.id().place();
    }
    return levels.get(letter.id().item());
  }

  private Map<StockKey, StockLevel> read(DeadLetter letter) {
    ByteString event = events.apply(letter.id().place());
    if (event == null) {
      return Map.of();
    }
    try {
      return EventChanges.after(RawEvents.decode(event.toByteArray(), letter.stamp().origin()));
    } catch (UnreadableException | RuntimeException unreadable) {
      return Map.of();
    }
  }
}
