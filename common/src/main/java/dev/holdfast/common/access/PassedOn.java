package dev.holdfast.common.access;

import com.google.common.net.PercentEscaper;
import io.grpc.Metadata;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose call it is that a node passes on to another, in its headers. Believed of store nodes only.
 *
 * @param claims what its token claims, which the other node did not see
 */
public record PassedOn(Principal principal, Rights claims) {
  static final Metadata.Key<String> PRINCIPAL =
      Metadata.Key.of("x-holdfast-principal", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> GRANTS =
      Metadata.Key.of("x-holdfast-grants", Metadata.ASCII_STRING_MARSHALLER);

  private static final String SEPARATOR = ",";

  /** Headers are ASCII without spaces at the ends, and names are any text. */
  private static final PercentEscaper ESCAPER = new PercentEscaper("-._~!$&'()*;=:@/|", false);

  /** Says in the headers of a call that is passed on whose it is; nothing while security is off. */
  public static void put(Metadata headers, Caller caller) {
    if (caller == Caller.ANYBODY) {
      return;
    }
    headers.put(PRINCIPAL, ESCAPER.escape(caller.principal().text()));
    List<String> claims = new ArrayList<>();
    for (Grant grant : caller.claims().grants()) {
      grant.texts().forEach(text -> claims.add(ESCAPER.escape(text)));
    }
    if (!claims.isEmpty()) {
      headers.put(GRANTS, String.join(SEPARATOR, claims));
    }
  }

  /** Whether headers tell anything of whose call it is. */
  static boolean isIn(Metadata headers) {
    return headers.containsKey(PRINCIPAL) || headers.containsKey(GRANTS);
  }

  /**
   * Whose call it is; null when the headers name nobody.
   *
   * @throws IllegalArgumentException when they cannot be read, or name who makes no calls
   */
  static @Nullable PassedOn of(Metadata headers) {
    String principal = headers.get(PRINCIPAL);
    if (principal == null) {
      return null;
    }
    return new PassedOn(principal(decoded(principal)), claims(headers.get(GRANTS)));
  }

  /** A node speaks for itself: otherwise one could lend its rights to another. */
  private static Principal principal(String text) {
    return Principal.parse(text)
        .filter(principal -> principal.kind() != Principal.Kind.NODE)
        .orElseThrow(() -> new IllegalArgumentException("not of a user, service or token"));
  }

  private static Rights claims(@Nullable String grants) {
    if (grants == null || grants.isEmpty()) {
      return Rights.NONE;
    }
    List<Grant> claims = new ArrayList<>();
    for (String grant : grants.split(SEPARATOR, -1)) {
      claims.add(Grant.parse(decoded(grant)));
    }
    return Rights.of(claims);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
