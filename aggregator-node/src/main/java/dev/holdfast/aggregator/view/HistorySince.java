package dev.holdfast.aggregator.view;

/**
 * From where the movements of a partition are complete.
 *
 * @param sequence every movement behind it is there, those up to it are not
 * @param timeMillis the leader's time there
 */
public record HistorySince(long sequence, long timeMillis) {
  /** Nothing is missing. */
  public static final HistorySince BEGINNING = new HistorySince(0, 0);

  /** Where a view stands: nothing is known of what came before. */
  public static HistorySince at(ViewCursor cursor) {
    return new HistorySince(cursor.sequence(), cursor.timeMillis());
  }

  /** After movements up to a later place went. */
  public HistorySince max(HistorySince other) {
    return new HistorySince(
        Math.max(sequence, other.sequence), Math.max(timeMillis, other.timeMillis));
  }
}
