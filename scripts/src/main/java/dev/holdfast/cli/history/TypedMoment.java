package dev.holdfast.cli.history;

import dev.holdfast.cli.UsageException;
import dev.holdfast.proto.inventory.v1.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Moments as they are typed: a sequence, a day (its beginning in UTC), or a time with its zone. */
final class TypedMoment {
  private TypedMoment() {}

  static Moment parse(String option, String text) {
    Moment.Builder moment = Moment.newBuilder();
    if (text.matches("\\d{1,18}")) {
      return moment.setSequence(Long.parseLong(text)).build();
    }
    try {
      return moment.setTimeMillis(time(text).toEpochMilli()).build();
    } catch (DateTimeException e) {
      throw new UsageException(
          "%s: '%s' is neither a sequence (17) nor a time (2026-01-31 or 2026-01-31T12:00:00Z)"
              .formatted(option, text));
    }
  }

  private static Instant time(String text) {
    return text.contains("T")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
