package dev.holdfast.store.api.read;

import dev.holdfast.common.domain.StockKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The end of a page, as a token opaque to the caller. */
public final class PageToken {
  private PageToken() {}

  /** Empty behind the last page, which ends with no key. */
  public static String of(@Nullable StockKey last) {
    if (last == null) {
      return "";
    }
    byte[] bytes = (last.store() + '\0' + last.sku()).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Null when it is none of ours. */
  static @Nullable StockKey parse(String token) {
    try {
      String key = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int zero = key.indexOf('\0');
      return zero <= 0 ? null : new StockKey(key.substring(0, zero), key.substring(zero + 1));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
