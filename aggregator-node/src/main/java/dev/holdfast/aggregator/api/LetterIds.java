package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.LetterRecords;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds letters by the text of their id: stores and SKUs may hold dashes, so it is looked up. */
final class LetterIds {
  private static final Pattern EVENT = Pattern.compile("(\\d{1,9})-(\\d{1,18})(-.*)?");

  private LetterIds() {}

  /** Whether the text may be the id of a letter at all. */
  static boolean isId(String text) {
    return EVENT.matcher(text).matches();
  }

  /** The letters of the event that the text names. */
  static List<DeadLetter> candidates(String text, LetterRecords letters) {
    Matcher event = EVENT.matcher(text);
    return event.matches()
        ? letters.ofEvent(Integer.parseInt(event.group(1)), Long.parseLong(event.group(2)))
        : List.of();
  }
}
