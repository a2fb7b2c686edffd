package dev.holdfast.deploy.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.util.Collection;
import java.util.stream.Collectors;

/** Signs bearer tokens for one caller who may change all stock. For any thread. */
final class TokenIssuer {
  static final String NAME = "https://id.example.com";
  private static final int RSA_BITS = 2048;

  /** Short, so that every drill outlives some tokens. */
  private static final Duration LIFE = Duration.ofSeconds(40);

  private static final Duration RENEWED_BEFORE = Duration.ofSeconds(15);

  /** A key with its id. */
  record Key(String id, KeyPair pair) {
    static Key make(String id) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        return new Key(id, generator.generateKeyPair());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java has no RSA", e);
      }
    }

    private String published() {
      RSAPublicKey open = (RSAPublicKey) pair.getPublic();
      return "{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
          .formatted(id, number(open.getModulus()), number(open.getPublicExponent()));
    }

    /** A token for a while. */
    String token() {
      String header = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}".formatted(id);
      String claims =
          "{\"iss\":\"%s\",\"aud\":\"holdfast\",\"sub\":\"drill\",\"exp\":%d,\"holdfast_roles\":[\"operator:*\"]}"
              .formatted(NAME, Instant.now().plus(LIFE).getEpochSecond());
      String signed = encode(header.getBytes(UTF_8)) + "." + encode(claims.getBytes(UTF_8));
      return signed + "." + signature(signed);
    }

    private String signature(String text) {
      try {
        Signature signing = Signature.getInstance("SHA256withRSA");
        signing.initSign(pair.getPrivate());
        signing.update(text.getBytes(US_ASCII));
        return encode(signing.sign());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java cannot sign with RSA", e);
      }
    }
  }

  private int made = 1;
  private Key key = Key.make("key-1");
  private String token = "";
  private Instant renewal = Instant.MIN;

  /** The key that signs now. */
  synchronized Key key() {
    return key;
  }

  /** A key for later. */
  synchronized Key next() {
    return Key.make("key-" + ++made);
  }

  /** From now on signs with this key. */
  synchronized void use(Key next) {
    key = next;
    renewal = Instant.MIN;
  }

  /** A token that is valid for a while yet. */
  synchronized String token() {
    Instant now = Instant.now();
    if (now.isAfter(renewal)) {
      token = key.token();
      renewal = now.plus(LIFE).minus(RENEWED_BEFORE);
    }
    return token;
  }

  /** What an issuer publishes of its keys. */
  static String published(Collection<Key> keys) {
    return keys.stream().map(Key::published).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
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
