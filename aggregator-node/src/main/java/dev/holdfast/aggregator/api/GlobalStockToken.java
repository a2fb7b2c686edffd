package dev.holdfast.aggregator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.holdfast.aggregator.view.SkuFilter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The end of a page and its list, as a token opaque to the caller. */
final class GlobalStockToken {
  private static final char VERSION = '2';

  private GlobalStockToken() {}

  static String of(String lastSku, SkuFilter filter) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((start(filter) + lastSku).getBytes(UTF_8));
  }

  /** The SKU that the page before ended with; null when the token is none of this list. */
  static @Nullable String parse(String token, SkuFilter filter) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      String start = start(filter);
      return text.length() > start.length() && text.startsWith(start)
          ? text.substring(start.length())
          : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** The zero byte is in no name, so that different filters do not read alike. */
  private static String start(SkuFilter filter) {
    String text =
        String.join(
            "\0",
            filter.skuPrefix(),
            filter.store(),
            Long.toString(filter.availableBelow()),
            Long.toString(filter.reservableBelow()));
    return VERSION + Hashing.murmur3_32_fixed().hashString(text, UTF_8).toString();
  }
}
