package dev.holdfast.cli.imports;

import com.google.common.base.CharMatcher;
import java.util.regex.Pattern;

/** Reads the values of cells. Changes and guesses nothing unless an option says so. */
final class Cells {
  private static final char REPLACED = '\uFFFD';
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+(\\.0*)?");
  private static final int SHOWN_MAX = 40;

  /** Also the spaces that are not white space to Java, such as the no-break space. */
  private static final CharMatcher SPACE =
      CharMatcher.forPredicate(
          c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF');

  private Cells() {}

  /** The text of a cell, without spaces around it. */
  static String text(String cell, boolean trim, String label) throws MalformedLineException {
    String stripped = SPACE.trimFrom(cell);
    if (!trim && stripped.length() < cell.length()) {
      throw new MalformedLineException(
          label + ": has spaces around it, was '" + shown(cell) + "'; --trim takes them away");
    }
    if (stripped.indexOf(REPLACED) >= 0) {
      throw new MalformedLineException(
          label + ": has a character that was lost in a conversion, was '" + shown(cell) + "'");
    }
    return stripped;
  }

  /** Whole units; decimals that are all 0, as databases print them, change nothing. */
  static long units(String text, String label) throws MalformedLineException {
    String number = text.strip();
    if (!WHOLE.matcher(number).matches()) {
      throw new MalformedLineException(label + ": " + rule(number) + ", was '" + shown(text) + "'");
    }
    int point = number.indexOf('.');
    try {
      return Long.parseLong(point < 0 ? number : number.substring(0, point));
    } catch (NumberFormatException e) {
      throw new MalformedLineException(label + ": is too large, was '" + shown(text) + "'");
    }
  }

  private static String rule(String number) {
    if (number.isEmpty()) {
      return "must be a whole number";
    }
    return number.indexOf(',') >= 0
        ? "must be a whole number without a comma, which could mean thousands or decimals"
        : "must be a whole number";
  }

  static String shown(String text) {
    return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
  }
}
