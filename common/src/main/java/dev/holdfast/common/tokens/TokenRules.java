package dev.holdfast.common.tokens;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.holdfast.common.config.TokenKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token must be. Pure: the time comes in as data.
 *
 * @param leeway how far the clocks of issuer and node may differ
 */
record TokenRules(String issuer, String audience, String rolesClaim, Duration leeway) {
  /** The form of OpenID Connect; the principal also stands in headers between nodes. */
  private static final Pattern SUBJECT = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

  static TokenRules of(TokenKeys keys) {
    return new TokenRules(keys.issuer(), keys.audience(), keys.rolesClaim(), keys.leeway());
  }

  /** Checks the claims; the signature is checked elsewhere. */
  TokenHolder check(JWTClaimsSet claims, long nowMillis) throws TokenRefusedException {
    require(issuer.equals(claims.getIssuer()), TokenRefusal.ISSUER);
    require(claims.getAudience().contains(audience), TokenRefusal.AUDIENCE);
    long expires = expiry(claims, nowMillis);
    requirePast(claims.getNotBeforeTime(), nowMillis);
    requirePast(claims.getIssueTime(), nowMillis);
    return new TokenHolder(issuer, subject(claims), roles(claims.getClaim(rolesClaim)), expires);
  }

  private long expiry(JWTClaimsSet claims, long nowMillis) throws TokenRefusedException {
    Date expiry = claims.getExpirationTime();
    if (expiry == null) {
      throw new TokenRefusedException(TokenRefusal.NO_EXPIRY);
    }
    long expires = saturated(expiry.getTime(), leeway.toMillis());
    require(nowMillis < expires, TokenRefusal.EXPIRED);
    return expires;
  }

  private static long saturated(long millis, long more) {
    return millis > Long.MAX_VALUE - more ? Long.MAX_VALUE : millis + more;
  }

  private void requirePast(@Nullable Date time, long nowMillis) throws TokenRefusedException {
    require(
        time == null || time.getTime() <= nowMillis + leeway.toMillis(), TokenRefusal.NOT_YET);
  }

  private static String subject(JWTClaimsSet claims) throws TokenRefusedException {
    String subject = claims.getSubject();
    if (subject == null || !SUBJECT.matcher(subject).matches()) {
      throw new TokenRefusedException(TokenRefusal.SUBJECT);
    }
    return subject;
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
