package dev.holdfast.common.tokens;

/** Ends the check of a token. Has no stack trace: tokens are refused by the thousand. */
final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final TokenRefusal why;

  TokenRefusedException(TokenRefusal why) {
    super(why.text(), null, false, false);
    this.why = why;
  }

  TokenRefusal why() {
    return why;
  }
}
