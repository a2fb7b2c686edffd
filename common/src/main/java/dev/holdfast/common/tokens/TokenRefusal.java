package dev.holdfast.common.tokens;

import java.util.Locale;

/** Why a token is not accepted. The text is for the caller and repeats nothing of the token. */
public enum TokenRefusal {
  TOO_LONG("the token is longer than 8192 characters"),
  MALFORMED("the token is no signed JWT"),
  ALGORITHM("the token must be signed with RS256, PS256, ES256 or EdDSA, as its key says"),
  TYPE("the type (typ) of the token must be at+jwt or JWT"),
  UNKNOWN_KEY("the key (kid) of the token is not among those of its issuer"),
  SIGNATURE("the signature of the token is wrong"),
  ISSUER("the token is from another issuer (iss)"),
  AUDIENCE("the token is for another audience (aud)"),
  SUBJECT("the token must name its subject (sub) in 1 to 255 printable ASCII characters"),
  NO_EXPIRY("the token must expire (exp)"),
  EXPIRED("the token has expired (exp)"),
  NOT_YET("the token is not valid yet (nbf, iat); is a clock wrong?"),
  ROLES("the roles of the token must be a list of texts"),
  /** Too many tokens wait for verification. */
  BUSY("too many tokens wait to be verified", Kind.RETRY),
  /** This address sent too many bad tokens; those that are remembered are accepted. */
  TOO_MANY_FAILURES("too many bad tokens came from this address", Kind.RETRY),
  NO_KEYS("the keys of the issuer of tokens are not available here", Kind.RETRY);

  private enum Kind {
    FINAL,
    RETRY
  }

  private final String text;
  private final Kind kind;

  TokenRefusal(String text) {
    this(text, Kind.FINAL);
  }

  TokenRefusal(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /** What is wrong, in words for the caller. */
  public String text() {
    return text;
  }

  /** Whether the token may be good, and accepted later or by another node. */
  public boolean isForNow() {
    return kind == Kind.RETRY;
  }

  /** The name for metrics and the audit stream. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
