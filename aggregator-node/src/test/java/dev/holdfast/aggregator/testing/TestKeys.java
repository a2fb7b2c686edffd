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
import java.util.Map;

/** Master keys of tests, made once a process. */
public final class TestKeys {
  /** Whether views of tests are sealed that do not say: all must pass either way. */
  private static final boolean SEALED = Boolean.getBoolean("holdfast.test.sealed");

  private static final Path KEYSET = keyset();

  private TestKeys() {}

  private static Path keyset() {
    try {
      Path file = Files.createTempFile("keyset", ".json");
      file.toFile().deleteOnExit();
      Keyset.create(new SecureRandom()).write(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static KeyVault keys() {
    try {
      return KeysetVault.open(KEYSET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Encryption on() {
    return Encryption.by(keys());
  }

  /** Off, unless the tests are run sealed. */
  public static Encryption usual() {
    return SEALED ? on() : Encryption.OFF;
  }

  /** Settings of a node that encrypts what it stores, without their prefix. */
  public static Map<String, String> settings() {
    return Map.of("encryption.enabled", "true", "encryption.keyset", KEYSET.toString());
  }
}
