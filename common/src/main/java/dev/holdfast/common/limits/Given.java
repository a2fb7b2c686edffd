package dev.holdfast.common.limits;

/** Shortens a caller's text and escapes it for a message. */
final class Given {
  private static final int SHOWN_CHARS_MAX = 32;

  private Given() {}

  /** The start of a text in quotes, with its length if the text is longer. */
  static String text(String value) {
    if (value.isEmpty()) {
      return "empty";
    }
    boolean clipped = value.length() > SHOWN_CHARS_MAX;
    String shown = escaped(clipped ? value.substring(0, SHOWN_CHARS_MAX) : value);
    return clipped ? "'" + shown + "…' (" + value.length() + " characters)" : "'" + shown + "'";
  }

  private static String escaped(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean hidden = Character.isISOControl(c) || Character.isSurrogate(c) || c == '\uFFFD';
      text.append(hidden ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return text.toString();
  }
}
