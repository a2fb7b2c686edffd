package dev.holdfast.common.tokens;

import java.util.List;

/**
 * Who a verified token speaks for.
 *
 * @param roles the claim of roles as it stands in the token; what they allow is decided elsewhere
 * @param expiresMillis the end of its validity, leeway included
 */
public record TokenHolder(String issuer, String subject, List<String> roles, long expiresMillis) {
  public TokenHolder {
    roles = List.copyOf(roles);
  }

  /**
   * The principal: stable, since it is part of the scope of receipts. No name in a certificate has
   * a '|'.
   */
  public String principal() {
    return issuer + '|' + subject;
  }
}
