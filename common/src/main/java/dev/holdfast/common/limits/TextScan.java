package dev.holdfast.common.limits;

/**
 * One pass over the characters of a text: its length in UTF-8, and whether all of it is allowed.
 */
final class TextScan {
  /** The text holds a control character, half a surrogate pair, or {@link #UNREADABLE}. */
  static final int FORBIDDEN = -1;

  /**
   * Replaces bytes that are invalid in the encoding they were read in. Two names that differ only
   * there would become one.
   */
  private static final int UNREADABLE = 0xFFFD;

  private TextScan() {}

  /** Whether the first or the last character is a space of any kind. */
  static boolean startsOrEndsWithSpace(String text) {
    return !text.isEmpty() && (isSpace(text.charAt(0)) || isSpace(text.charAt(text.length() - 1)));
  }

  private static boolean isSpace(char c) {
    return Character.isSpaceChar(c) || Character.isWhitespace(c);
  }

  /** Bytes of the text in UTF-8, or {@link #FORBIDDEN}. */
  static int utf8Length(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (!isPrintableAscii(text.charAt(i))) {
        return utf8LengthFrom(text, i);
      }
    }
    return length;
  }

  /** Whether all characters are printable ASCII, the space included. */
  static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPrintableAscii(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintableAscii(char c) {
    return c >= ' ' && c <= '~';
  }

  private static int utf8LengthFrom(String text, int start) {
    int bytes = start;
    int i = start;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (isForbidden(codePoint)) {
        return FORBIDDEN;
      }
      bytes += utf8Bytes(codePoint);
      i += Character.charCount(codePoint);
    }
    return bytes;
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint)
        || isLoneSurrogate(codePoint)
        || codePoint == UNREADABLE;
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static int utf8Bytes(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4;
  }
}
