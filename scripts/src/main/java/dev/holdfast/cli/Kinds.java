package dev.holdfast.cli;

import dev.holdfast.proto.log.v1.EventKind;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kinds of events as they are typed and printed: {@code stock-adjusted}. */
public final class Kinds {
  private static final String PREFIX = "EVENT_KIND_";

  private Kinds() {}

  public static String text(EventKind kind) {
    return kind.name().replace(PREFIX, "").toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Throws a UsageException that names the option and the kinds there are. */
  public static EventKind parse(String option, String text) {
    return all()
        .filter(kind -> text(kind).equalsIgnoreCase(text.replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "%s: '%s' is not one of %s"
                        .formatted(
                            option,
                            text,
                            all().map(Kinds::text).collect(Collectors.joining(", ")))));
  }

  private static Stream<EventKind> all() {
    return Stream.of(EventKind.values())
        .filter(kind -> kind != EventKind.UNRECOGNIZED && kind != EventKind.EVENT_KIND_UNSPECIFIED);
  }
}
