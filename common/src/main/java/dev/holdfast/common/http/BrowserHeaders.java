package dev.holdfast.common.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Headers for browsers: answers are data, are not stored, not shown in frames, and run nothing. */
final class BrowserHeaders {
  private static final List<HttpField> OF_ALL =
      List.of(
          new HttpField("X-Content-Type-Options", "nosniff"),
          new HttpField("X-Frame-Options", "DENY"),
          new HttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          new HttpField("Referrer-Policy", "no-referrer"),
          new HttpField(HttpHeader.CACHE_CONTROL, "no-store"));

  private static final HttpField OF_TLS =
      new HttpField("Strict-Transport-Security", "max-age=31536000");

  private BrowserHeaders() {}

  /**
   * Adds them to an answer.
   *
   * @param secured whether it goes over TLS
   */
  static void addTo(HttpFields.Mutable answer, boolean secured) {
    OF_ALL.forEach(answer::put);
    if (secured) {
      answer.put(OF_TLS);
    }
  }
}
