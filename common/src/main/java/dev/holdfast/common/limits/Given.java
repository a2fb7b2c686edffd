package dev.holdfast.common.limits;

/** Shortens a caller's text and escapes it for a message. */
public final class Given {
  private static final int SHOWN_CHARS_MAX = 32;

  private Given() {}

  /** Whether a text can be a store id or a SKU, but for spaces at its ends. */
  public static boolean isName(String value) {
    return TextRules.utf8(value, 1, FieldRules.ID_BYTES_MAX) == null;
  }

  /** A store id or a SKU in quotes; of what cannot be one only the start, escaped. */
  public static String name(String value) {
    return isName(value) ? "'" + value + "'" : text(value);
  }

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
