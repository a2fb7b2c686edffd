package dev.holdfast.cli.output;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a result.
 *
 * @param name as in the CSV header and the JSON key
 * @param value a String, Long, Integer, Double or Boolean; null where there is none
 */
public record Column<T>(String name, Function<T, @Nullable Object> value) {

  /** The value as text; empty where there is none. */
  String text(T row) {
    Object found = value.apply(row);
    return found == null ? "" : String.valueOf(found);
  }

  boolean isNumber(T row) {
    return value.apply(row) instanceof Number;
  }
}
