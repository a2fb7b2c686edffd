package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.ItemHistory;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Moment;
import java.util.Map;

/** Finds the places of moments in the history. */
final class MomentPlaces {
  private MomentPlaces() {}

  /** The last sequence before a moment. */
  static long before(Moment from, ItemHistory history) {
    return switch (from.getAtCase()) {
      case SEQUENCE -> from.getSequence() - 1;
      case TIME_MILLIS -> history.sequenceAt(from.getTimeMillis() - 1);
      case AT_NOT_SET -> 0;
    };
  }

  /** The last sequence of a moment. */
  static long through(Moment to, ItemHistory history) {
    return switch (to.getAtCase()) {
      case SEQUENCE -> to.getSequence();
      case TIME_MILLIS -> history.sequenceAt(to.getTimeMillis());
      case AT_NOT_SET -> Long.MAX_VALUE;
    };
  }

  /**
   * Refuses moments of which the stock cannot be told: before the history, or ahead of the view.
   */
  static void check(Moment moment, HistorySince since, HistoryService.Place place) {
    boolean isOfTime = moment.getAtCase() == Moment.AtCase.TIME_MILLIS;
    if (isOfTime
        ? moment.getTimeMillis() < since.timeMillis()
        : moment.getSequence() < since.sequence()) {
      throw Statuses.exception(truncated(since, place));
    }
    if (!isOfTime && moment.getSequence() > place.sequence()) {
      throw Statuses.exception(ahead(place));
    }
  }

  private static Refusal truncated(HistorySince since, HistoryService.Place place) {
    return new Refusal(
        Reason.HISTORY_TRUNCATED,
        "the history of partition %d begins at sequence %d"
            .formatted(place.partition(), since.sequence()),
        Map.of(
            Refusal.PARTITION,
            Integer.toString(place.partition()),
            Refusal.EARLIEST_SEQUENCE,
            Long.toString(since.sequence())));
  }

  private static Refusal ahead(HistoryService.Place place) {
    String next = Long.toString(place.sequence() + 1);
    return new Refusal(
        Reason.AHEAD_OF_LOG,
        "the view's next sequence of partition " + place.partition() + " is " + next,
        Map.of(
            Refusal.PARTITION, Integer.toString(place.partition()), Refusal.NEXT_SEQUENCE, next));
  }
}
