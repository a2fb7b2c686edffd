package dev.holdfast.aggregator.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was found; it may be empty and still not the last.
 *
 * @param last where the next page goes on; empty when nothing is left
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record HistoryPage(List<Entry> entries, byte[] last) {
  /**
   * One movement or one refusal.
   *
   * @param place where a page that ends with it goes on
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  public record Entry(
      byte[] place, @Nullable Movement movement, @Nullable RefusedCommand refused) {}
}
