package dev.holdfast.common.crypt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Master keys in a file. A wrapped key is nonce (12) ‖ ciphertext (32) ‖ tag (16) of AES-256-GCM,
 * with the id of the master key as what is authenticated beside. The nonces are random: a master
 * key wraps a few thousand keys in its life, not billions.
 */
public final class KeysetVault implements KeyVault {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] CONTEXT = "holdfast database key\0".getBytes(US_ASCII);

  private final Path file;
  private final SecureRandom random;
  private volatile Keyset keys;

  private KeysetVault(Path file, Keyset keys, SecureRandom random) {
    this.file = file;
    this.keys = keys;
    this.random = random;
  }

  /** Reads the file. */
  public static KeysetVault open(Path file) throws KeyException {
    return open(file, new SecureRandom());
  }

  static KeysetVault open(Path file, SecureRandom random) throws KeyException {
    return new KeysetVault(file, Keyset.read(file), random);
  }

  @Override
  public void refresh() throws KeyException {
    keys = Keyset.read(file);
  }

  @Override
  public String primary() {
    return keys.primary();
  }

  @Override
  public WrappedKey wrap(byte[] key) {
    Keyset now = keys;
    String master = now.primary();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher =
          cipher(Cipher.ENCRYPT_MODE, Objects.requireNonNull(now.key(master)), nonce, master);
      byte[] wrapped = new byte[NONCE_BYTES + cipher.getOutputSize(key.length)];
      System.arraycopy(nonce, 0, wrapped, 0, NONCE_BYTES);
      cipher.doFinal(key, 0, key.length, wrapped, NONCE_BYTES);
      return new WrappedKey(master, wrapped);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES-GCM", e);
    }
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped) throws KeyException {
    Keyset now = keys;
    byte[] master = now.key(wrapped.master());
    if (master == null) {
      throw new KeyException(
          "the keyset %s does not hold the master key %s, but %s; put the keyset back that holds it"
              .formatted(file, wrapped.master(), new TreeSet<>(now.keys().keySet())));
    }
    byte[] bytes = wrapped.bytes();
    try {
      if (bytes.length <= NONCE_BYTES) {
        throw new GeneralSecurityException("too short");
      }
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, master, bytes, wrapped.master());
      return cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new KeyException(
          "the master key %s in the keyset %s is another one than what it wrapped; put the keyset of this cluster back"
              .formatted(wrapped.master(), file),
          e);
    }
  }

  /**
   * @param nonce begins with it
   */
  private static Cipher cipher(int mode, byte[] key, byte[] nonce, String master)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
    cipher.updateAAD(CONTEXT);
    cipher.updateAAD(master.getBytes(US_ASCII));
    return cipher;
  }

  @Override
  public String toString() {
    return "the keyset " + file;
  }
}
