package dev.holdfast.common.tokens;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.holdfast.common.access.Grant;
import dev.holdfast.common.access.Principal;
import dev.holdfast.common.access.TokenReader.Verified;
import dev.holdfast.common.config.TokenKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the claims of a token. Pure: the time comes in as data.
 *
 * @param leeway how far the clocks of issuer and node may differ
 */
record TokenRules(String issuer, String audience, String rolesClaim, Duration leeway) {
  /** Far enough away, and no sum with it overflows. */
  private static final long EXPIRY_MAX = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  /** The form of OpenID Connect; the principal also stands in headers between nodes. */
  private static final Pattern SUBJECT = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

  static TokenRules of(TokenKeys keys) {
    return new TokenRules(keys.issuer(), keys.audience(), keys.rolesClaim(), keys.leeway());
  }

  /** Checks the claims; the signature is checked elsewhere. */
  Verified check(JWTClaimsSet claims, long nowMillis) throws TokenRefusedException {
    require(issuer.equals(claims.getIssuer()), TokenRefusal.ISSUER);
    require(claims.getAudience().contains(audience), TokenRefusal.AUDIENCE);
    Instant until = until(instant(claims.getExpirationTime()), nowMillis);
    requirePast(instant(claims.getNotBeforeTime()), nowMillis);
    requirePast(instant(claims.getIssueTime()), nowMillis);
    return new Verified(principal(claims.getSubject()), grants(claims), until);
  }

  @SuppressWarnings("JavaUtilDate") // of Nimbus
  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  private Instant until(@Nullable Instant expiry, long nowMillis) throws TokenRefusedException {
    if (expiry == null) {
      throw new TokenRefusedException(TokenRefusal.NO_EXPIRY);
    }
    long millis = Math.min(expiry.toEpochMilli(), EXPIRY_MAX) + leeway.toMillis();
    require(nowMillis < millis, TokenRefusal.EXPIRED);
    return Instant.ofEpochMilli(millis);
  }

  private void requirePast(@Nullable Instant time, long nowMillis) throws TokenRefusedException {
    require(
        time == null || time.toEpochMilli() <= nowMillis + leeway.toMillis(), TokenRefusal.NOT_YET);
  }

  private Principal principal(@Nullable String subject) throws TokenRefusedException {
    if (subject == null || !SUBJECT.matcher(subject).matches()) {
      throw new TokenRefusedException(TokenRefusal.SUBJECT);
    }
    return Principal.ofToken(issuer, subject)
        .orElseThrow(() -> new TokenRefusedException(TokenRefusal.SUBJECT));
  }

  /** The grants among the roles; those of other software may stand in the same claim. */
  private List<Grant> grants(JWTClaimsSet claims) throws TokenRefusedException {
    List<Grant> grants = new ArrayList<>();
    for (String role : roles(claims.getClaim(rolesClaim))) {
      grant(role).ifPresent(grants::add);
    }
    return grants;
  }

  private static Optional<Grant> grant(String role) {
    try {
      return Optional.of(Grant.parse(role));
    } catch (IllegalArgumentException e) { // grants nothing; peer is among them
      return Optional.empty();
    }
  }

  private static List<String> roles(@Nullable Object claim) throws TokenRefusedException {
    List<String> roles = new ArrayList<>();
    if (claim instanceof String role) {
      roles.add(role);
    } else if (claim instanceof List<?> list) {
      for (Object role : list) {
        require(role instanceof String, TokenRefusal.ROLES);
        roles.add((String) role);
      }
    } else {
      require(claim == null, TokenRefusal.ROLES);
    }
    return roles;
  }

  private static void require(boolean holds, TokenRefusal otherwise) throws TokenRefusedException {
    if (!holds) {
      throw new TokenRefusedException(otherwise);
    }
  }
}
