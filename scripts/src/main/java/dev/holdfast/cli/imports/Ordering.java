package dev.holdfast.cli.imports;

import com.google.common.collect.Comparators;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.imports.file.UnreadableFileException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The movements of a file in the order of one of its columns, which holds numbers or times. Keeps
 * all movements in memory, so their number is bounded. Equal values keep the order of the file; but
 * if the values fall throughout, the file is newest first and is read from its end.
 */
final class Ordering implements MovementSource {
  /** The largest number of lines; each takes some 700 bytes. */
  static final int LINES_MAX = 200_000;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[' '][XXX][XX][X]")
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter(Locale.ROOT);

  private final MovementReader reader;
  private final Queue<Malformed> malformed = new ArrayDeque<>();
  private final Queue<Placed> ordered;
  private long line;

  /** Reads the whole file. */
  Ordering(MovementReader reader, String column) throws IOException {
    this.reader = reader;
    int at = columnOf(column, reader.header());
    List<Placed> all = new ArrayList<>();
    while (readInto(all, at)) {
      if (all.size() > LINES_MAX) {
        throw new UnreadableFileException(
            "--order-by takes at most %d lines: divide the file by time, and import the parts in order"
                .formatted(LINES_MAX));
      }
    }
    sort(all, column);
    ordered = new ArrayDeque<>(all);
  }

  private record Malformed(long line, String message) {}

  private record Placed(String place, FileMovement movement) {}

  private static int columnOf(String column, List<String> header) {
    int[] at = Layout.indexesOf(column, header);
    if (at.length != 1) {
      throw new UsageException(
          "--order-by: the file has %s column '%s'"
              .formatted(at.length == 0 ? "no" : at.length + " times the", column));
    }
    return at[0];
  }

  private boolean readInto(List<Placed> all, int at) throws IOException {
    try {
      FileMovement movement = reader.next();
      if (movement == null) {
        return false;
      }
      all.add(new Placed(reader.cells().get(at).strip(), movement));
    } catch (MalformedLineException e) {
      malformed.add(new Malformed(reader.line(), String.valueOf(e.getMessage())));
    }
    return true;
  }

  private static void sort(List<Placed> all, String column) {
    List<BigDecimal> numbers = numbers(all);
    List<? extends Comparable<?>> places = numbers == null ? times(all, column) : numbers;
    sortBy(all, places);
  }

  @SuppressWarnings("unchecked") // all numbers, or all times
  private static void sortBy(List<Placed> all, List<? extends Comparable<?>> places) {
    List<Keyed> keyed = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      keyed.add(new Keyed((Comparable<Object>) places.get(i), all.get(i)));
    }
    if (falls(keyed)) {
      Collections.reverse(keyed);
    }
    keyed.sort(Comparator.comparing(Keyed::key));
    for (int i = 0; i < all.size(); i++) {
      all.set(i, keyed.get(i).placed());
    }
  }

  private record Keyed(Comparable<Object> key, Placed placed) {}

  private static boolean falls(List<Keyed> keyed) {
    Comparator<Keyed> byKey = Comparator.comparing(Keyed::key);
    return !keyed.isEmpty()
        && Comparators.isInOrder(keyed, byKey.reversed())
        && byKey.compare(keyed.get(0), keyed.get(keyed.size() - 1)) > 0;
  }

  private static @Nullable List<BigDecimal> numbers(List<Placed> all) {
    List<BigDecimal> numbers = new ArrayList<>(all.size());
    try {
      for (Placed placed : all) {
        numbers.add(new BigDecimal(placed.place()));
      }
      return numbers;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Reads the values as times; times with and without an offset cannot be compared. */
  private static List<LocalDateTime> times(List<Placed> all, String column) {
    List<LocalDateTime> times = new ArrayList<>(all.size());
    Boolean withOffset = null;
    for (Placed placed : all) {
      TemporalAccessor time = time(placed, column);
      boolean offset = time.isSupported(ChronoField.OFFSET_SECONDS);
      if (withOffset != null && withOffset != offset) {
        throw noOrder(placed, column, "has an offset from UTC, or none, unlike the lines before");
      }
      withOffset = offset;
      int seconds = offset ? time.get(ChronoField.OFFSET_SECONDS) : 0;
      times.add(LocalDateTime.from(time).minusSeconds(seconds));
    }
    return times;
  }

  private static TemporalAccessor time(Placed placed, String column) {
    try {
      return TIME.parse(placed.place());
    } catch (DateTimeParseException e) {
      throw noOrder(
          placed,
          column,
          "is neither a number nor a time such as 2026-11-30 or 2026-11-30 14:05:00");
    }
  }

  private static UnreadableFileException noOrder(Placed placed, String column, String why) {
    return new UnreadableFileException(
        "--order-by %s: line %d: '%s' %s"
            .formatted(column, placed.movement().line(), Cells.shown(placed.place()), why));
  }

  @Override
  public @Nullable FileMovement next() throws MalformedLineException {
    Malformed bad = malformed.poll();
    if (bad != null) {
      line = bad.line();
      throw new MalformedLineException(bad.message());
    }
    Placed next = ordered.poll();
    if (next == null) {
      return null;
    }
    line = next.movement().line();
    return next.movement();
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
