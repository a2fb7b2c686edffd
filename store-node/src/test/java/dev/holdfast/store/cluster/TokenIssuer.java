package dev.holdfast.store.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** Whoever signs tokens, and publishes its key in a file. */
final class TokenIssuer {
  static final String NAME = "https://id.example.com";
  private static final int RSA_BITS = 2048;

  private final Path file;
  private String keyId = "";
  private KeyPair key = newKey();

  TokenIssuer(Path file) {
    this.file = file;
    useKey("first");
  }

  /** The keys of a node that believes this issuer. */
  Map<String, String> keys() {
    return Map.of(
        "security.tokens.keys",
        file.toString(),
        "security.tokens.issuer",
        NAME,
        "security.tokens.keys-refresh",
        "10s");
  }

  /** From now on signs with another key, and publishes no other. */
  void useKey(String id) {
    keyId = id;
    key = newKey();
    RSAPublicKey open = (RSAPublicKey) key.getPublic();
    String text =
        "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}"
            .formatted(id, number(open.getModulus()), number(open.getPublicExponent()));
    try {
      Path half = Files.writeString(file.resolveSibling("half"), text);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A token with roles that ends so long from now. */
  String token(String subject, Duration left, String... roles) {
    String header = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + keyId + "\"}";
    String claims =
        "{\"iss\":\"%s\",\"aud\":\"holdfast\",\"sub\":\"%s\",\"exp\":%d,\"holdfast_roles\":[%s]}"
            .formatted(
                NAME,
                subject,
                Instant.now().plus(left).getEpochSecond(),
                roles.length == 0 ? "" : "\"" + String.join("\",\"", roles) + "\"");
    String signed = text(header) + "." + text(claims);
    return signed + "." + sign(signed);
  }

  private String sign(String text) {
    try {
      Signature signing = Signature.getInstance("SHA256withRSA");
      signing.initSign(key.getPrivate());
      signing.update(text.getBytes(StandardCharsets.US_ASCII));
      return encode(signing.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String json) {
    return encode(json.getBytes(StandardCharsets.UTF_8));
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
