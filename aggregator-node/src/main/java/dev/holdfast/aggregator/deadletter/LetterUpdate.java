package dev.holdfast.aggregator.deadletter;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.view.HistorySince;
import java.util.Map;
import java.util.Set;

/**
 * The changes of one write in the dead letter queue: absolute values. Stored together with the
 * view.
 *
 * @param events encoded events of letters that are new
 * @param kept letters that are new or changed
 * @param removed letters that were applied, or discarded long ago
 * @param parkedBySku changes that are parked now, of SKUs for which that changed
 * @param counts by partition, of those for which they changed
 * @param lost by partition, the last place of a change that is discarded now: the history is not
 *     complete up to there
 */
public record LetterUpdate(
    Map<EventPlace, ByteString> events,
    Map<LetterId, DeadLetter> kept,
    Set<LetterId> removed,
    Map<String, Long> parkedBySku,
    Map<Integer, ChangeCounts> counts,
    Map<Integer, HistorySince> lost) {
  public static final LetterUpdate NONE =
      new LetterUpdate(Map.of(), Map.of(), Set.of(), Map.of(), Map.of(), Map.of());

  public boolean isEmpty() {
    return counts.isEmpty() && kept.isEmpty() && removed.isEmpty();
  }
}
