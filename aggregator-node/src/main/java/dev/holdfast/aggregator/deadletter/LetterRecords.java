package dev.holdfast.aggregator.deadletter;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The stored letters. For any thread. */
public interface LetterRecords {
  @Nullable DeadLetter letter(LetterId id);

  /** The encoded holdfast.log.v1.Event of letters, as it stands in the log. */
  @Nullable ByteString event(EventPlace place);

  /** The open letter of the same item that follows. */
  @Nullable LetterId following(LetterId id);

  /** The letters of one event. */
  List<DeadLetter> ofEvent(EventPlace place);

  /**
   * Letters in order of partition and sequence.
   *
   * @param after null: from the first
   */
  List<DeadLetter> page(@Nullable LetterId after, Predicate<DeadLetter> wanted, int lettersMax);

  /** The open letters of a partition up to and including a sequence, in order. */
  List<LetterId> openThrough(int partition, long sequence);

  /** The letters of a partition that were discarded, in order. */
  List<LetterId> discarded(int partition);

  /** Changes of a SKU that are parked. */
  long parked(String sku);

  /** By partition, of those that were read from. */
  Map<Integer, ChangeCounts> counts();
}
