package dev.holdfast.aggregator.api;

import com.google.common.hash.Hashing;
import com.google.protobuf.Message;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Page tokens that are good for the same request only. */
final class RequestToken {
  private static final String VERSION = "1";

  private RequestToken() {}

  /**
   * The token of a page.
   *
   * @param request without what may differ from page to page
   * @param place where the page goes on
   */
  static String of(Message request, byte[] place) {
    return start(request) + Base64.getUrlEncoder().withoutPadding().encodeToString(place);
  }

  /** Where the page goes on; null when the token is none of this request. */
  static byte @Nullable [] parse(String token, Message request) {
    String start = start(request);
    try {
      return token.startsWith(start)
          ? Base64.getUrlDecoder().decode(token.substring(start.length()))
          : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** What the tokens of a request begin with. */
  static String start(Message request) {
    return VERSION + Hashing.murmur3_32_fixed().hashBytes(request.toByteArray()) + "-";
  }
}
