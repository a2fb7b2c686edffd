package dev.holdfast.cli.history;

import dev.holdfast.cli.UsageException;
import dev.holdfast.proto.inventory.v1.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Moments as typed: a sequence, a day (its beginning in UTC), or a time with its zone. */
public final class TypedMoment {
  private static final Pattern SEQUENCE = Pattern.compile("(seq:)?(\\d{1,18})");

  private TypedMoment() {}

  static Moment parse(String option, String text) {
    var sequence = SEQUENCE.matcher(text);
    if (sequence.matches()) {
      refuseDay(option, text);
      return Moment.newBuilder().setSequence(Long.parseLong(sequence.group(2))).build();
    }
    return Moment.newBuilder().setTimeMillis(millis(option, text)).build();
  }

  /** Refuses eight digits that form a day: they may mean the day or a sequence. */
  private static void refuseDay(String option, String text) {
    if (text.length() != "20260131".length()) {
      return;
    }
    try {
      LocalDate day = LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
      throw new UsageException(
          "%s: '%s' may be a day or a sequence: write %s or seq:%s"
              .formatted(option, text, day, text));
    } catch (DateTimeException noDay) {
      return;
    }
  }

  /** Reads a moment that must be a time; in milliseconds since 1970. */
  public static long millis(String option, String text) {
    try {
      return time(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new UsageException(
          "%s: '%s' is not a moment: write a sequence where one is allowed (seq:17), a day in UTC"
                  .formatted(option, text)
              + " (2026-01-31) or a time (2026-01-31T12:00:00Z)");
    }
  }

  private static Instant time(String text) {
    return text.contains("T")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
