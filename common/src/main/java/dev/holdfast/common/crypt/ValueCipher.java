package dev.holdfast.common.crypt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens the values of one database. A sealed value is key id (4) ‖ nonce (12) ‖
 * ciphertext ‖ tag (16) of AES-256-GCM, with table ‖ 0 ‖ row key as what is authenticated beside:
 * so no value can be put into another row. The nonce is the number of the value among those of its
 * key, big-endian. Safe for many threads.
 */
public final class ValueCipher {
  /** How much longer a sealed value is. */
  public static final int MORE_BYTES = 32;

  private static final int NONCE_AT = Integer.BYTES;
  private static final int NONCE_BYTES = 12;
  private static final int TEXT_AT = NONCE_AT + NONCE_BYTES;
  private static final int TAG_BITS = 128;
  private static final int NAME_BYTES = 16;
  private static final byte[] END_OF_TABLE = {0};

  // Of a thread each: making them is slow. They are set up anew for each value.
  private static final ThreadLocal<Cipher> SEALING = ThreadLocal.withInitial(ValueCipher::aes);
  private static final ThreadLocal<Cipher> OPENING = ThreadLocal.withInitial(ValueCipher::aes);
  private static final ThreadLocal<Mac> HASHING = ThreadLocal.withInitial(ValueCipher::hmac);

  private final Supplier<DataKey> current;
  private final IntFunction<@Nullable SecretKeySpec> keys;
  private final SecretKeySpec names;

  /**
   * @param current what seals from now on
   * @param keys all, by id
   * @param names for what stands in the place of names
   */
  ValueCipher(
      Supplier<DataKey> current, IntFunction<@Nullable SecretKeySpec> keys, SecretKeySpec names) {
    this.current = current;
    this.keys = keys;
    this.names = names;
  }

  /** The name of a table, as rows are sealed under it. */
  public static byte[] table(String name) {
    return name.getBytes(US_ASCII);
  }

  private static Cipher aes() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES-GCM", e);
    }
  }

  private static Mac hmac() {
    try {
      return Mac.getInstance(Derivation.HMAC);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HMAC-SHA256", e);
    }
  }

  /** Seals the value of a row. */
  public byte[] seal(byte[] table, byte[] row, byte[] value) {
    DataKey key = current.get();
    byte[] sealed = new byte[value.length + MORE_BYTES];
    ByteBuffer.wrap(sealed).putInt(key.id()).putInt(0).putLong(key.nextNumber());
    try {
      Cipher cipher = set(SEALING.get(), Cipher.ENCRYPT_MODE, key.key(), sealed);
      authenticate(cipher, table, row);
      cipher.doFinal(value, 0, value.length, sealed, TEXT_AT);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * Opens the value of a row.
   *
   * @throws SealException when it is not what was sealed for this row
   */
  public byte[] open(byte[] table, byte[] row, byte[] sealed) throws SealException {
    if (sealed.length < MORE_BYTES) {
      throw new SealException("it is too short to be encrypted");
    }
    int id = ByteBuffer.wrap(sealed).getInt();
    SecretKeySpec key = keys.apply(id);
    if (key == null) {
      throw new SealException("there is no key " + Integer.toUnsignedString(id));
    }
    try {
      Cipher cipher = set(OPENING.get(), Cipher.DECRYPT_MODE, key, sealed);
      authenticate(cipher, table, row);
      return cipher.doFinal(sealed, TEXT_AT, sealed.length - TEXT_AT);
    } catch (AEADBadTagException e) {
      throw new SealException("it is not what was encrypted for this row", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("opening failed", e);
    }
  }

  private static Cipher set(Cipher cipher, int mode, SecretKeySpec key, byte[] sealed)
      throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, sealed, NONCE_AT, NONCE_BYTES));
    return cipher;
  }

  private static void authenticate(Cipher cipher, byte[] table, byte[] row) {
    cipher.updateAAD(table);
    cipher.updateAAD(END_OF_TABLE);
    cipher.updateAAD(row);
  }

  /**
   * Stands in the place of a name that is only looked up whole: 16 bytes, the same for the same
   * name as long as the database lives.
   */
  public byte[] nameless(byte[] table, byte[] name) {
    try {
      Mac mac = HASHING.get();
      mac.init(names);
      mac.update(table);
      mac.update(END_OF_TABLE);
      return Arrays.copyOf(mac.doFinal(name), NAME_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("hashing failed", e);
    }
  }
}
