package dev.holdfast.common.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the issuer, as read at one moment.
 *
 * @param readNanos when they were read, by monotonic time
 */
record SigningKeys(Map<String, SigningKey> byId, long readNanos) {
  SigningKeys {
    byId = Map.copyOf(byId);
  }

  /**
   * Reads a JWKS. Keys for something else are passed over.
   *
   * @throws IOException that says what is wrong in one line
   */
  static SigningKeys parse(String text, long nowNanos) throws IOException {
    Map<String, SigningKey> byId = new HashMap<>();
    for (JWK key : published(text)) {
      SigningKey usable = usable(key);
      if (usable != null && byId.put(usable.id(), usable) != null) {
        throw new IOException("two keys have the id '" + usable.id() + "'");
      }
    }
    if (byId.isEmpty()) {
      throw new IOException("no key with an id is for RS256, PS256, ES256 or EdDSA");
    }
    return new SigningKeys(byId, nowNanos);
  }

  private static List<JWK> published(String text) throws IOException {
    try {
      JWKSet set = JWKSet.parse(text);
      if (set.containsNonPublicKeys()) {
        throw new IOException("it holds private keys or secrets: publish the public keys only");
      }
      return set.getKeys();
    } catch (ParseException e) {
      throw new IOException("it is no JWKS", e);
    }
  }

  private static @Nullable SigningKey usable(JWK key) throws IOException {
    try {
      return SigningKey.of(key).orElse(null);
    } catch (JOSEException e) {
      throw new IOException("the key '" + key.getKeyID() + "' is malformed", e);
    }
  }

  @Nullable SigningKey find(String id) {
    return byId.get(id);
  }

  /** Whether a key that once was read is still published. */
  boolean has(SigningKey key) {
    return key.isSameAs(byId.get(key.id()));
  }

  /** Whether others were published in the meantime. */
  boolean differFrom(SigningKeys before) {
    return byId.size() != before.byId.size() || !byId.values().stream().allMatch(before::has);
  }

  String ids() {
    return byId.keySet().stream()
        .sorted(Comparator.naturalOrder())
        .collect(Collectors.joining(", "));
  }
}
