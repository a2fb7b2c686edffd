package dev.holdfast.common.crypt;

import dev.holdfast.common.config.EncryptionKeys;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether a process seals what it stores, and with whose keys it reads what is sealed. */
public final class Encryption {
  /** Stores everything as it is, and reads nothing that is sealed. */
  public static final Encryption OFF = new Encryption(false, null);

  private final boolean on;
  private final @Nullable KeyVault vault;

  private Encryption(boolean on, @Nullable KeyVault vault) {
    this.on = on;
    this.vault = vault;
  }

  /** Seals all that it stores. */
  public static Encryption by(KeyVault vault) {
    return new Encryption(true, vault);
  }

  /** Stores everything as it is, but can read what a peer sealed. */
  public static Encryption readingBy(KeyVault vault) {
    return new Encryption(false, vault);
  }

  /** As the settings say. */
  public static Encryption of(EncryptionKeys keys) throws KeyException {
    if (keys.keyset().toString().isEmpty()) {
      return OFF;
    }
    return new Encryption(keys.enabled(), KeysetVault.open(keys.keyset()));
  }

  /** Whether it seals what it stores. */
  public boolean isOn() {
    return on;
  }

  /**
   * The keys to store with in a directory, made when it has none; null when nothing is sealed.
   *
   * @throws KeyException when what lies there is sealed and encryption is off, or a key is missing
   */
  public @Nullable DatabaseKeys storingIn(Path directory) throws KeyException {
    if (on && vault != null) {
      return DatabaseKeys.open(directory, vault);
    }
    if (DatabaseKeys.existIn(directory)) {
      throw new KeyException(
          "what lies in %s is encrypted (%s), but holdfast.encryption.enabled is false; set it to true and holdfast.encryption.keyset to the keys of this cluster"
              .formatted(directory, KeyFile.NAME));
    }
    return null;
  }

  /**
   * The keys to read what lies in a directory, where nothing is changed; null when it is not sealed.
   *
   * @throws KeyException when it is sealed and there is no key for it
   */
  public @Nullable DatabaseKeys readingFrom(Path directory) throws KeyException {
    if (!DatabaseKeys.existIn(directory)) {
      return null;
    }
    if (vault == null) {
      throw new KeyException(
          "what lies in %s is encrypted (%s), and holdfast.encryption.keyset is not set; set it to the keys of this cluster"
              .formatted(directory, KeyFile.NAME));
    }
    return DatabaseKeys.read(directory, vault);
  }
}
