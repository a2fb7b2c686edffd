package dev.holdfast.store.state.read;

import dev.holdfast.common.domain.StockKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order of their keys. May have few rows, or none, and not be the last page.
 *
 * @param end the key up to which all was gone over, as a pair of texts; null when there is no more
 */
public record Page<T>(List<T> rows, @Nullable StockKey end) {
  public Page {
    rows = List.copyOf(rows);
  }
}
