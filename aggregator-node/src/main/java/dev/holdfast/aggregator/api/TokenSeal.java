package dev.holdfast.aggregator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.view.VisibleStores;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals page tokens of readers of some stores: a page may end at something that they may not see.
 * The key is that of this process, with which the tokens end. Those of readers of all stores stay
 * as they are.
 */
final class TokenSeal {
  private static final int KEY_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** No page has this token. */
  private static final String NONE = "-";

  private final SecureRandom random;
  private final SecretKeySpec key;

  TokenSeal(SecureRandom random) {
    this.random = random;
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, "AES");
  }

  /** A token as its reader gets it; empty behind the last page. */
  String close(String token, VisibleStores visible) {
    if (visible.all() || token.isEmpty()) {
      return token;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, token.getBytes(UTF_8));
    byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /** The token in what a reader gives back; one that no page has when it was not sealed here. */
  String open(String given, VisibleStores visible) {
    if (visible.all() || given.isEmpty()) {
      return given;
    }
    try {
      ByteBuffer whole = ByteBuffer.wrap(Base64.getUrlDecoder().decode(given));
      if (whole.remaining() < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        return NONE;
      }
      byte[] nonce = new byte[NONCE_BYTES];
      whole.get(nonce);
      byte[] sealed = new byte[whole.remaining()];
      whole.get(sealed);
      return new String(run(Cipher.DECRYPT_MODE, nonce, sealed), UTF_8);
    } catch (IllegalArgumentException | IllegalStateException notOurs) {
      return NONE;
    }
  }

  private byte[] run(int mode, byte[] nonce, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
