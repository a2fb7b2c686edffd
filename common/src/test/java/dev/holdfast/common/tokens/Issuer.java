package dev.holdfast.common.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.holdfast.common.config.TokenKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whoever signs tokens: keys of every kind, and tokens as good as they can be. */
final class Issuer {
  static final String NAME = "https://id.example.com/realms/shop";
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final RSAKey RSA = rsa("rsa-1");
  static final RSAKey OTHER_RSA = rsa("rsa-2");
  static final ECKey EC = ec("ec-1");
  static final KeyPair ED_PAIR = edPair();
  static final OctetKeyPair ED = ed("ed-1");

  private Issuer() {}

  /** Keys of the configuration, with the file or address of the JWKS. */
  record Keys(
      String keys,
      String issuer,
      String audience,
      String rolesClaim,
      Duration leeway,
      Duration keysRefresh,
      Duration keysAgeMax,
      int cacheMax)
      implements TokenKeys {
    static Keys of(String source) {
      return new Keys(
          source,
          NAME,
          "holdfast",
          "holdfast_roles",
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofHours(24),
          100);
    }
  }

  static String jwks(JWK... keys) {
    return new JWKSet(Arrays.asList(keys)).toString(true);
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair edPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OctetKeyPair ed(String id) {
    byte[] encoded = ED_PAIR.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).keyID(id).build();
  }

  /** Claims that are right. */
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience("holdfast")
        .subject("alice")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(600)))
        .claim("holdfast_roles", List.of("viewer:*", "operator:berlin-*"));
  }

  static JWSHeader.Builder header(JWSAlgorithm algorithm, @Nullable String keyId) {
    return new JWSHeader.Builder(algorithm).keyID(keyId).type(new JOSEObjectType("at+jwt"));
  }

  /** A good token of the RSA key. */
  static String token() {
    return token(claims());
  }

  static String token(JWTClaimsSet.Builder claims) {
    return sign(header(JWSAlgorithm.RS256, "rsa-1"), claims, RSA);
  }

  static String sign(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWK key) {
    SignedJWT token = new SignedJWT(header.build(), claims.build());
    try {
      token.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  /** Signs any header and claims, as text. */
  static String signRaw(String header, String claims) {
    String input = part(header) + "." + part(claims);
    return input + "." + signature("SHA256withRSA", input);
  }

  static String signature(String algorithm, String input) {
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(algorithm.equals("Ed25519") ? ED_PAIR.getPrivate() : RSA.toRSAPrivateKey());
      signing.update(input.getBytes(StandardCharsets.US_ASCII));
      return Base64URL.encode(signing.sign()).toString();
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String part(String json) {
    return Base64URL.encode(json).toString();
  }
}
