package dev.holdfast.common.limits;

import org.jspecify.annotations.Nullable;

/** Describes the violation of a rule by a text; null when there is none. */
final class TextRules {
  private TextRules() {}

  static @Nullable String utf8(String value, int bytesMin, int bytesMax) {
    // Each character is at least a byte: a text of megabytes is refused without reading it.
    int bytes = value.length() > bytesMax ? value.length() : TextScan.utf8Length(value);
    if (bytes >= bytesMin && bytes <= bytesMax) {
      return null;
    }
    String rule = "must be %d to %d bytes of UTF-8 without control characters or U+FFFD; was %s";
    return rule.formatted(bytesMin, bytesMax, Given.text(value));
  }

  static @Nullable String ascii(String value, int lengthMin, int lengthMax) {
    int length = value.length();
    if (length >= lengthMin && length <= lengthMax && TextScan.isPrintableAscii(value)) {
      return null;
    }
    String rule = "must be %d to %d printable ASCII characters; was %s";
    return rule.formatted(lengthMin, lengthMax, Given.text(value));
  }

  /** Refuses spaces at the ends of a name: they are mistakes, and a reader does not see them. */
  static @Nullable String padded(String value) {
    return TextScan.startsOrEndsWithSpace(value)
        ? "must not start or end with a space; was " + Given.text(value)
        : null;
  }
}
