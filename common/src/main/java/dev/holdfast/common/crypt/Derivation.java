package dev.holdfast.common.crypt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives the keys of a database from its one secret: HMAC-SHA256 of what each is for. */
final class Derivation {
  static final String HMAC = "HmacSHA256";

  private static final byte[] DATA = "holdfast data key\0".getBytes(US_ASCII);
  private static final byte[] NAMES = "holdfast names\0".getBytes(US_ASCII);

  private Derivation() {}

  /** A key for values; another for each salt. */
  static SecretKeySpec dataKey(byte[] secret, byte[] salt) {
    return new SecretKeySpec(hmac(secret, DATA, salt), "AES");
  }

  /** The key of what stands in the place of names; never another for the same secret. */
  static SecretKeySpec names(byte[] secret) {
    return new SecretKeySpec(hmac(secret, NAMES, new byte[0]), HMAC);
  }

  private static byte[] hmac(byte[] secret, byte[] what, byte[] salt) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      mac.update(what);
      return mac.doFinal(salt);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + HMAC, e);
    }
  }
}
