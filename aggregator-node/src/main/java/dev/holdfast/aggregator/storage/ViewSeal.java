package dev.holdfast.aggregator.storage;

import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.SealException;
import dev.holdfast.common.crypt.ValueCipher;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The form of a view's rows on the disk: as they are, or sealed. For any thread. */
final class ViewSeal {
  private static final int TEXT_AT = 1;

  private final @Nullable ValueCipher cipher;
  private final Map<Family, byte[]> tables = new EnumMap<>(Family.class);

  /**
   * @param keys null when nothing is sealed
   */
  ViewSeal(@Nullable DatabaseKeys keys) {
    this.cipher = keys == null ? null : keys.cipher();
    for (Family family : Family.values()) {
      tables.put(family, ValueCipher.table(family.columnFamily()));
    }
  }

  boolean isOn() {
    return cipher != null;
  }

  /**
   * The key, or the beginning of one, as it is stored: the texts by which movements are found are
   * replaced by hashes, which serve as well to find them.
   */
  byte[] key(Family family, byte[] key) {
    if (cipher == null || family != Family.MARKS) {
      return key;
    }
    int end = TEXT_AT;
    while (key[end] != 0) {
      end++;
    }
    byte[] text = Arrays.copyOfRange(key, TEXT_AT, end);
    byte[] hash = text.length == 0 ? text : cipher.nameless(table(family), text);
    return ByteBuffer.allocate(TEXT_AT + hash.length + key.length - end)
        .put(key, 0, TEXT_AT)
        .put(hash)
        .put(key, end, key.length - end)
        .array();
  }

  /** The value as it is stored under a stored key. */
  byte[] seal(Family family, byte[] storedKey, byte[] value) {
    return cipher == null || family.isReadable()
        ? value
        : cipher.seal(table(family), storedKey, value);
  }

  /** The value that is stored under a stored key. */
  byte[] open(Family family, byte[] storedKey, byte[] stored) {
    if (cipher == null || family.isReadable()) {
      return stored;
    }
    try {
      return cipher.open(table(family), storedKey, stored);
    } catch (SealException e) {
      throw new StorageException(
          "a row of the family %s cannot be decrypted: %s"
              .formatted(family.columnFamily(), e.getMessage()),
          e);
    }
  }

  private byte[] table(Family family) {
    return Objects.requireNonNull(tables.get(family));
  }
}
