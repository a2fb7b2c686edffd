package dev.holdfast.deploy.replicas;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.KeyException;
import dev.holdfast.common.crypt.SealException;
import dev.holdfast.common.crypt.ValueCipher;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/** The values of a database as their node sees them, whether they are encrypted or not. */
final class OpenedValues {
  private static final byte[] FORMAT = "format".getBytes(US_ASCII);

  private final String node;
  private final boolean packsEvents;
  private final @Nullable ValueCipher cipher;

  OpenedValues(String node, Path database, Encryption encryption) {
    this.node = node;
    this.packsEvents = !database.endsWith("sealed"); // an aggregator's
    try {
      DatabaseKeys keys = encryption.readingFrom(database);
      this.cipher = keys == null ? null : keys.cipher();
    } catch (KeyException e) {
      throw new IllegalStateException("cannot read the database of " + node, e);
    }
  }

  /** 0 and the value, or 1, its length and an LZ4 block. */
  private static byte[] unpacked(byte[] packed) {
    if (packed[0] == 0) {
      return Arrays.copyOfRange(packed, 1, packed.length);
    }
    byte[] value = new byte[ByteBuffer.wrap(packed).getInt(1)];
    LZ4Factory.safeInstance().safeDecompressor().decompress(packed, 5, packed.length - 5, value, 0);
    return value;
  }

  boolean areSealed() {
    return cipher != null;
  }

  byte[] open(String family, byte[] key, byte[] stored) {
    boolean plain =
        family.equals("meta") || (family.equals("default") && Arrays.equals(key, FORMAT));
    if (cipher == null || plain || stored.length == 0) {
      return stored;
    }
    try {
      byte[] value = cipher.open(ValueCipher.table(family), key, stored);
      return packsEvents && family.equals("events") ? unpacked(value) : value;
    } catch (SealException e) {
      throw new IllegalStateException(
          "a row of %s of %s cannot be decrypted".formatted(family, node), e);
    }
  }
}
