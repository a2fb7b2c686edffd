package dev.holdfast.common.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;

/**
 * A token that was read and not verified. Keys and addresses of keys in its header are never looked
 * at: only the issuer's published keys count.
 */
final class ParsedToken {
  private static final Set<JOSEObjectType> TYPES =
      Set.of(
          JOSEObjectType.JWT,
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"));

  private final SignedJWT token;
  private final JWTClaimsSet claims;

  private ParsedToken(SignedJWT token, JWTClaimsSet claims) {
    this.token = token;
    this.claims = claims;
  }

  /**
   * Reads a token. A header or claims with a repeated name are malformed: readers would differ on
   * which of them counts.
   */
  static ParsedToken parse(String text) throws TokenRefusedException {
    try {
      SignedJWT token = SignedJWT.parse(text);
      requireOrdinary(token.getHeader());
      return new ParsedToken(token, claims(token.getPayload()));
    } catch (ParseException | IllegalArgumentException e) {
      throw new TokenRefusedException(TokenRefusal.MALFORMED);
    }
  }

  /** Stricter than Nimbus, which takes a list of pairs for an object, and a number for a name. */
  private static JWTClaimsSet claims(Payload payload) throws ParseException {
    Map<String, Object> claims = payload.toJSONObject();
    if (claims == null || !payload.toString().startsWith("{")) {
      throw new ParseException("claims are an object", 0);
    }
    if (claims.get("sub") != null && !(claims.get("sub") instanceof String)) {
      throw new ParseException("a subject is text", 0);
    }
    return JWTClaimsSet.parse(claims);
  }

  private static void requireOrdinary(JWSHeader header) throws TokenRefusedException {
    if (header.getType() == null || !TYPES.contains(header.getType())) {
      throw new TokenRefusedException(TokenRefusal.TYPE);
    }
    boolean hasExtensions = header.getCriticalParams() != null;
    if (hasExtensions || !header.isBase64URLEncodePayload()) {
      throw new TokenRefusedException(TokenRefusal.MALFORMED);
    }
    if (header.getKeyID() == null) {
      throw new TokenRefusedException(TokenRefusal.UNKNOWN_KEY);
    }
  }

  JWSAlgorithm algorithm() {
    return token.getHeader().getAlgorithm();
  }

  String keyId() {
    return token.getHeader().getKeyID();
  }

  JWTClaimsSet claims() {
    return claims;
  }

  boolean isSignedBy(JWSVerifier verifier) {
    try {
      return verifier.verify(token.getHeader(), token.getSigningInput(), token.getSignature());
    } catch (JOSEException e) {
      return false;
    }
  }
}
