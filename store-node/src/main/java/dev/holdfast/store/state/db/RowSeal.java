package dev.holdfast.store.state.db;

import dev.holdfast.common.crypt.SealException;
import dev.holdfast.common.crypt.ValueCipher;
import dev.holdfast.store.state.fault.StateFault;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The form of one family's rows in one database: as they are, or sealed. For any thread. */
final class RowSeal {
  private final Family<?, ?> family;
  private final @Nullable ValueCipher cipher;
  private final byte[] table;

  /**
   * @param cipher null when the database is not sealed
   */
  RowSeal(Family<?, ?> family, @Nullable ValueCipher cipher) {
    this.family = family;
    this.cipher = cipher;
    this.table = ValueCipher.table(family.columnFamily());
  }

  /** The key as it is stored. */
  byte[] key(byte[] key) {
    return cipher == null || !family.hidesKeys() ? key : cipher.nameless(table, key);
  }

  /** The value as it is stored under a stored key. */
  byte[] seal(byte[] storedKey, byte[] value) {
    if (cipher == null || isPlain(storedKey)) {
      return value;
    }
    return cipher.seal(table, storedKey, family.packsValues() ? Packing.pack(value) : value);
  }

  /**
   * The value that is stored under a stored key.
   *
   * @throws StateFault when it is not what was stored there
   */
  byte[] open(byte[] storedKey, byte[] stored) {
    if (cipher == null || isPlain(storedKey)) {
      return stored;
    }
    try {
      byte[] value = cipher.open(table, storedKey, stored);
      return family.packsValues() ? Packing.unpack(value) : value;
    } catch (SealException e) {
      throw new StateFault(
          "a row of %s cannot be decrypted: %s".formatted(family.columnFamily(), e.getMessage()),
          e);
    }
  }

  /** The format says how to read all else; and what is empty hides nothing. */
  private boolean isPlain(byte[] key) {
    return family.isWithoutValues()
        || (family == Family.META && Arrays.equals(key, StateKeys.FORMAT));
  }
}
