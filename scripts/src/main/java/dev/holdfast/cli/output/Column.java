package dev.holdfast.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a result.
 *
 * @param name as in the CSV header and the JSON key
 * @param value a String, Long, Integer, Double or Boolean; null where there is none
 */
public record Column<T>(String name, Function<T, @Nullable Object> value) {

  /** The columns of one part of a row. */
  public static <T, P> List<Column<T>> of(Function<T, P> part, List<Column<P>> columns) {
    return columns.stream()
        .map(column -> new Column<T>(column.name, row -> column.value.apply(part.apply(row))))
        .toList();
  }

  /** All columns of some lists, in order. */
  @SafeVarargs
  public static <T> List<Column<T>> join(List<Column<T>>... lists) {
    List<Column<T>> all = new ArrayList<>();
    for (List<Column<T>> columns : lists) {
      all.addAll(columns);
    }
    return List.copyOf(all);
  }

  /** The value as text; empty where there is none. */
  String text(T row) {
    Object found = value.apply(row);
    return found == null ? "" : String.valueOf(found);
  }

  boolean isNumber(T row) {
    return value.apply(row) instanceof Number;
  }
}
