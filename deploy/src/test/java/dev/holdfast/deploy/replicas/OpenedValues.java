package dev.holdfast.deploy.replicas;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.KeyException;
import dev.holdfast.common.crypt.SealException;
import dev.holdfast.common.crypt.ValueCipher;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of a database as their node sees them, whether they are encrypted or not. */
final class OpenedValues {
  private static final byte[] FORMAT = "format".getBytes(US_ASCII);

  private final String node;
  private final @Nullable ValueCipher cipher;

  OpenedValues(String node, Path database, Encryption encryption) {
    this.node = node;
    try {
      DatabaseKeys keys = encryption.readingFrom(database);
      this.cipher = keys == null ? null : keys.cipher();
    } catch (KeyException e) {
      throw new IllegalStateException("cannot read the database of " + node, e);
    }
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
      return cipher.open(ValueCipher.table(family), key, stored);
    } catch (SealException e) {
      throw new IllegalStateException(
          "a row of %s of %s cannot be decrypted".formatted(family, node), e);
    }
  }
}
