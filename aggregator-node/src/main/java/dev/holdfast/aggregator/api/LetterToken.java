package dev.holdfast.aggregator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.common.domain.StockKey;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a page of dead letters, as a token opaque to the caller. */
final class LetterToken {
  private static final String VERSION = "1";
  private static final String ZERO = "\0";
  private static final int PARTS = 5;

  private LetterToken() {}

  static String of(LetterId last) {
    String text =
        String.join(
            ZERO,
            VERSION,
            Integer.toString(last.partition()),
            Long.toString(last.sequence()),
            last.item().store(),
            last.item().sku());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** The letter that the page before ended with; null when the token is none of ours. */
  static @Nullable LetterId parse(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      List<String> parts = List.of(text.split(ZERO, -1));
      return parts.size() == PARTS && parts.get(0).equals(VERSION) ? letter(parts) : null;
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  private static LetterId letter(List<String> parts) {
    return new LetterId(
        Integer.parseInt(parts.get(1)),
        Long.parseLong(parts.get(2)),
        new StockKey(parts.get(3), parts.get(4)));
  }
}
