package dev.holdfast.aggregator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended, opaque to the caller. */
final class PageToken {
  private static final char VERSION = '1';

  private PageToken() {}

  static String of(String lastSku) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((VERSION + lastSku).getBytes(UTF_8));
  }

  /** The SKU that the page before ended with; null when the token is none of ours. */
  static @Nullable String parse(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      return text.length() > 1 && text.charAt(0) == VERSION ? text.substring(1) : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
