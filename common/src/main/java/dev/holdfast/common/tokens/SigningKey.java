package dev.holdfast.common.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A public key of the issuer. The key decides which algorithms are right for it, not the token:
 * there is no "none", and no secret that the public key could be taken for.
 */
final class SigningKey {
  static final Set<JWSAlgorithm> EDDSA = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
  private static final Set<JWSAlgorithm> RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);
  private static final Set<JWSAlgorithm> EC = Set.of(JWSAlgorithm.ES256);
  private static final int RSA_BITS_MIN = 2048;

  private final JWK key;
  private final Set<JWSAlgorithm> algorithms;
  private final JWSVerifier verifier;

  private SigningKey(JWK key, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {
    this.key = key;
    this.algorithms = algorithms;
    this.verifier = verifier;
  }

  /** The key, or nothing when it is for something else, or too weak. */
  static Optional<SigningKey> of(JWK key) throws JOSEException {
    Set<JWSAlgorithm> algorithms = algorithms(key);
    JWSVerifier verifier = verifier(key);
    return key.getKeyID() == null || algorithms.isEmpty() || verifier == null || !isForTokens(key)
        ? Optional.empty()
        : Optional.of(new SigningKey(key, algorithms, verifier));
  }

  private static boolean isForTokens(JWK key) {
    return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
  }

  private static Set<JWSAlgorithm> algorithms(JWK key) {
    Set<JWSAlgorithm> ofKind = key instanceof RSAKey ? RSA : key instanceof ECKey ? EC : EDDSA;
    return key.getAlgorithm() == null
        ? ofKind
        : ofKind.stream().filter(key.getAlgorithm()::equals).collect(Collectors.toSet());
  }

  private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
    if (key instanceof RSAKey rsa && rsa.size() >= RSA_BITS_MIN) {
      return new RSASSAVerifier(rsa.toRSAPublicKey());
    }
    if (key instanceof ECKey ec && ec.getCurve().equals(Curve.P_256)) {
      return new ECDSAVerifier(ec.toECPublicKey());
    }
    if (key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)) {
      return new Ed25519Verifier(pair);
    }
    return null;
  }

  String id() {
    return key.getKeyID();
  }

  /** Whether this is the same key, and for the same algorithms. */
  boolean isSameAs(@Nullable SigningKey other) {
    return other != null && (this == other || key.equals(other.key));
  }

  /** Checks the signature of a token that names this key. */
  void verify(ParsedToken token) throws TokenRefusedException {
    if (!algorithms.contains(token.algorithm())) {
      throw new TokenRefusedException(TokenRefusal.ALGORITHM);
    }
    if (!token.isSignedBy(verifier)) {
      throw new TokenRefusedException(TokenRefusal.SIGNATURE);
    }
  }
}
