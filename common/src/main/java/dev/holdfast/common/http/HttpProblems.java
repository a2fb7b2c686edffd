package dev.holdfast.common.http;

import com.google.common.base.Ascii;
import java.util.LinkedHashMap;
import java.util.Map;

/** Problem details for refusals (RFC 9457). */
public final class HttpProblems {
  public static final String CONTENT_TYPE = "application/problem+json";
  private static final String TYPE = "urn:holdfast:problem:";

  private HttpProblems() {}

  /** The reason of a refusal that has only an HTTP status. */
  public static String reason(int httpStatus) {
    return switch (httpStatus) {
      case 400 -> "BAD_REQUEST";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NO_SUCH_PATH";
      case 405 -> "METHOD_NOT_ALLOWED";
      case 421 -> "UNKNOWN_HOST";
      case 503 -> "OVERLOADED";
      default -> "HTTP_" + httpStatus;
    };
  }

  /** The members of every problem; a refusal may add more. */
  public static Map<String, Object> json(
      int status, String reason, String detail, String requestId) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", TYPE + Ascii.toLowerCase(reason).replace('_', '-'));
    json.put("title", title(reason));
    json.put("status", status);
    json.put("detail", detail);
    json.put("reason", reason);
    json.put("request_id", requestId);
    return json;
  }

  private static String title(String reason) {
    String words = Ascii.toLowerCase(reason).replace('_', ' ');
    return Ascii.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
