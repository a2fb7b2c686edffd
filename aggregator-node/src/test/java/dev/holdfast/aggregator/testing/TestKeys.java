package dev.holdfast.aggregator.testing;

import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.KeyVault;
import dev.holdfast.common.crypt.Keyset;
import dev.holdfast.common.crypt.KeysetVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Master keys of tests, made once a process. */
public final class TestKeys {
  /** Whether views of tests are sealed that do not say: all must pass either way. */
  private static final boolean SEALED = Boolean.getBoolean("holdfast.test.sealed");

  private static final KeyVault VAULT = vault();

  private TestKeys() {}

  private static KeyVault vault() {
    try {
      Path file = Files.createTempFile("keyset", ".json");
      Keyset.create(new SecureRandom()).write(file);
      KeyVault vault = KeysetVault.open(file);
      Files.delete(file);
      return vault;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static KeyVault keys() {
    return VAULT;
  }

  public static Encryption on() {
    return Encryption.by(VAULT);
  }

  /** Off, unless the tests are run sealed. */
  public static Encryption usual() {
    return SEALED ? on() : Encryption.OFF;
  }
}
