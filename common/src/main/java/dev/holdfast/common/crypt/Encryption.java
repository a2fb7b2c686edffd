package dev.holdfast.common.crypt;

import dev.holdfast.common.config.EncryptionKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The choice of a process whether it seals what it stores, and the keys that open what is sealed.
 */
public final class Encryption {
  /** Stores everything as it is, and reads nothing that is sealed. */
  public static final Encryption OFF = new Encryption(false, null, Duration.ZERO);

  private static final Duration DATA_KEY_AGE = Duration.ofDays(7);

  private final boolean on;
  private final @Nullable KeyVault vault;
  private final Duration dataKeyAgeMax;
  private final Set<DatabaseKeys> open = ConcurrentHashMap.newKeySet();

  Encryption(boolean on, @Nullable KeyVault vault, Duration dataKeyAgeMax) {
    this.on = on;
    this.vault =
        vault == null ? null : new RememberingVault(new BoundedVault(vault, BoundedVault.PATIENCE));
    this.dataKeyAgeMax = dataKeyAgeMax;
  }

  /** Seals all that it stores. */
  public static Encryption by(KeyVault vault) {
    return new Encryption(true, vault, DATA_KEY_AGE);
  }

  /** Stores everything as it is, but can read what a peer sealed. */
  public static Encryption readingBy(KeyVault vault) {
    return new Encryption(false, vault, DATA_KEY_AGE);
  }

  /** As the settings say. */
  public static Encryption of(EncryptionKeys keys) throws KeyException {
    KeyVault vault = vault(keys);
    return vault == null ? OFF : new Encryption(keys.enabled(), vault, keys.dataKeyAge());
  }

  private static @Nullable KeyVault vault(EncryptionKeys keys) throws KeyException {
    if (keys.hasVault()) {
      return TransitVault.open(URI.create(keys.vaultKey()), keys.vaultToken());
    }
    return keys.keyset().toString().isEmpty() ? null : KeysetVault.open(keys.keyset());
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
      DatabaseKeys keys = DatabaseKeys.open(directory, vault);
      open.add(keys);
      keys.onClose(() -> open.remove(keys));
      return keys;
    }
    if (DatabaseKeys.existIn(directory)) {
      throw new KeyException(
          "what lies in %s is encrypted (%s), but holdfast.encryption.enabled is false; set it to true and holdfast.encryption.keyset to the keys of this cluster"
              .formatted(directory, KeyFile.NAME));
    }
    return null;
  }

  /**
   * Looks for new master keys, and wraps the keys of what is open by the primary one; seals with
   * new data keys where they are old. May wait for the vault.
   */
  public void refresh() throws KeyException {
    if (vault == null) {
      return;
    }
    vault.refresh();
    for (DatabaseKeys keys : open) {
      keys.rewrap();
      keys.rotateWhenOlder(dataKeyAgeMax);
    }
  }

  /** Whether there are master keys to look at. */
  boolean hasVault() {
    return vault != null;
  }

  /**
   * The keys to read what lies in a directory, where nothing is changed; null when it is not
   * sealed.
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

  /**
   * Asks for the keys to what lies in a directory, unless they are known. After that, opening it
   * waits for no vault.
   *
   * @throws KeyException when the vault does not tell
   */
  public void learn(Path directory) throws KeyException {
    DatabaseKeys keys = readingFrom(directory);
    if (keys != null) {
      keys.close();
    }
  }

  @Override
  public String toString() {
    return on
        ? "what is stored is encrypted; master keys: " + vault
        : "what is stored is not encrypted; what a peer encrypted is read by " + vault;
  }
}
