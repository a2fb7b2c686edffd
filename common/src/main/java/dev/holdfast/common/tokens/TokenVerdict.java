package dev.holdfast.common.tokens;

/** The outcome of the check of a token. */
public sealed interface TokenVerdict {
  /** The token is good. */
  record Accepted(TokenHolder holder) implements TokenVerdict {}

  /** The token is not accepted. */
  record Refused(TokenRefusal why) implements TokenVerdict {}
}
