package dev.holdfast.aggregator.attempts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An issuer of tokens that also makes bad ones. */
final class TokenForge {
  static final String ISSUER = "https://id.example.com";
  private static final int RSA_BITS = 2048;
  private static final String KEY_ID = "right";
  private static final int LENGTH_MAX = 8_192;

  private final KeyPair right = newKey();
  private final KeyPair stranger = newKey();

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no RSA", e);
    }
  }

  /** What the issuer publishes. */
  String keys() {
    RSAPublicKey open = (RSAPublicKey) right.getPublic();
    return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(KEY_ID, number(open.getModulus()), number(open.getPublicExponent()));
  }

  /** A good token of mallory with a role, as the claim has it. */
  String good(String role) {
    return signed(KEY_ID, claims(ISSUER, "holdfast", role, Duration.ofMinutes(10)), right);
  }

  /** A good token of a viewer that is as long as it may be. */
  String longest() {
    String claims = claims(ISSUER, "holdfast", "viewer:*", Duration.ofMinutes(10));
    String token = "";
    for (int more = LENGTH_MAX * 3 / 4; token.isEmpty() || token.length() > LENGTH_MAX; more--) {
      String padded = claims.replaceFirst("}$", ",\"x\":\"" + "y".repeat(more) + "\"}");
      token = signed(KEY_ID, padded, right);
    }
    return token;
  }

  /** A good token but for its time. */
  String ending(Duration left) {
    return signed(KEY_ID, claims(ISSUER, "holdfast", "admin", left), right);
  }

  /** A token that says that it was issued, and is valid, later than now. */
  String beginning(Duration later) {
    long begin = Instant.now().plus(later).getEpochSecond();
    String more = ",\"iat\":%d,\"nbf\":%d}".formatted(begin, begin);
    String claims = claims(ISSUER, "holdfast", "admin", later.plusMinutes(10));
    return signed(KEY_ID, claims.replaceFirst("}$", more), right);
  }

  String ofOtherIssuer() {
    return signed(
        KEY_ID, claims("https://evil.example", "holdfast", "admin", Duration.ofMinutes(10)), right);
  }

  String forOtherAudience() {
    return signed(KEY_ID, claims(ISSUER, "billing", "admin", Duration.ofMinutes(10)), right);
  }

  String ofUnknownKey() {
    return signed("nobody", admin(), stranger);
  }

  String byStranger() {
    return signed(KEY_ID, admin(), stranger);
  }

  String unsigned() {
    return part(header("none", KEY_ID)) + "." + part(admin()) + ".";
  }

  /** Takes the public key for a secret. */
  String byPublicKeyAsSecret() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(right.getPublic().getEncoded(), "HmacSHA256"));
      String text = part(header("HS256", KEY_ID)) + "." + part(admin());
      return text + "." + encode(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC", e);
    }
  }

  /** The claims of another token under the signature of a good one. */
  String withOtherClaims() {
    String[] parts = good("viewer:berlin").split("\\.", -1);
    return parts[0] + "." + part(admin()) + "." + parts[2];
  }

  String ofNineKilobytes() {
    String claims = admin().replaceFirst("}$", ",\"x\":\"" + "y".repeat(6_800) + "\"}");
    return signed(KEY_ID, claims, right);
  }

  private static String admin() {
    return claims(ISSUER, "holdfast", "admin", Duration.ofMinutes(10));
  }

  private static String claims(String issuer, String audience, String role, Duration left) {
    return "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"mallory\",\"exp\":%d,\"holdfast_roles\":[\"%s\"]}"
        .formatted(issuer, audience, Instant.now().plus(left).getEpochSecond(), role);
  }

  private static String header(String algorithm, String key) {
    return "{\"alg\":\"%s\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}".formatted(algorithm, key);
  }

  private static String signed(String keyId, String claims, KeyPair key) {
    String text = part(header("RS256", keyId)) + "." + part(claims);
    try {
      Signature signing = Signature.getInstance("SHA256withRSA");
      signing.initSign(key.getPrivate());
      signing.update(text.getBytes(UTF_8));
      return text + "." + encode(signing.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign", e);
    }
  }

  private static String part(String json) {
    return encode(json.getBytes(UTF_8));
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int start = bytes[0] == 0 ? 1 : 0; // the sign
    return encode(Arrays.copyOfRange(bytes, start, bytes.length));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
