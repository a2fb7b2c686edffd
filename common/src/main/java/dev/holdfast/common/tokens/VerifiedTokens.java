package dev.holdfast.common.tokens;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.holdfast.common.access.TokenReader.Verified;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified, by their SHA-256, so that no token lies in memory. Bounded: those used
 * least recently make room. Any thread.
 */
final class VerifiedTokens {
  /**
   * A token that was verified.
   *
   * @param key the key that its signature is of: without it the token is worth nothing
   */
  record Entry(Verified verdict, SigningKey key) {}

  private final Cache<HashCode, Entry> byHash;

  VerifiedTokens(int max) {
    byHash = CacheBuilder.newBuilder().maximumSize(max).build();
  }

  static HashCode hash(String token) {
    return Hashing.sha256().hashString(token, StandardCharsets.UTF_8);
  }

  @Nullable Entry find(HashCode hash) {
    return byHash.getIfPresent(hash);
  }

  void put(HashCode hash, Entry entry) {
    byHash.put(hash, entry);
  }

  void remove(HashCode hash) {
    byHash.invalidate(hash);
  }

  long size() {
    return byHash.size();
  }
}
