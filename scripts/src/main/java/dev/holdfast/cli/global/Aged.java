package dev.holdfast.cli.global;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import java.util.List;

/**
 * A row with the age of the view behind it.
 *
 * @param ageMillis age of the oldest part of the view; negative when the age of a part is unknown
 */
public record Aged<T>(T row, long ageMillis) {
  private static final long NOT_KNOWN = -1;

  public static <T> Aged<T> of(T row, List<ViewPosition> asOf) {
    long oldest = asOf.isEmpty() ? NOT_KNOWN : 0;
    for (ViewPosition position : asOf) {
      boolean known = oldest >= 0 && position.getAgeMillis() >= 0;
      oldest = known ? Math.max(oldest, position.getAgeMillis()) : NOT_KNOWN;
    }
    return new Aged<>(row, oldest);
  }

  /**
   * The columns of the row, then its age.
   *
   * @param withAge false for a table, below which only unusual ages are reported
   */
  public static <T> List<Column<Aged<T>>> columns(List<Column<T>> of, boolean withAge) {
    List<Column<Aged<T>>> columns = Column.of(Aged::row, of);
    Column<Aged<T>> age =
        new Column<>("age_millis", aged -> aged.ageMillis < 0 ? null : aged.ageMillis);
    return withAge ? Column.join(columns, List.of(age)) : columns;
  }
}
