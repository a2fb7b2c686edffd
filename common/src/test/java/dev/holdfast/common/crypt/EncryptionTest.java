package dev.holdfast.common.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncryptionTest {
  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private KeyVault vault;

  @BeforeEach
  void makeKeyset() throws Exception {
    Keyset.create(new SecureRandom()).write(elsewhere.resolve("keyset.json"));
    vault = KeysetVault.open(elsewhere.resolve("keyset.json"));
  }

  @Test
  void shouldLeaveNothingBehindWhenItIsOff() throws Exception {
    assertThat(Encryption.OFF.storingIn(directory)).isNull();
    assertThat(Encryption.OFF.readingFrom(directory)).isNull();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldRefuseWhatIsEncryptedWhenItIsOff() throws Exception {
    Encryption.by(vault).storingIn(directory);

    assertThatThrownBy(() -> Encryption.OFF.storingIn(directory))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("holdfast.encryption.enabled is false; set it to true");
    assertThatThrownBy(() -> Encryption.readingBy(vault).storingIn(directory))
        .isInstanceOf(KeyException.class);
    assertThatThrownBy(() -> Encryption.OFF.readingFrom(directory))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("holdfast.encryption.keyset is not set");
  }

  @Test
  void shouldReadWhatAPeerEncryptedWhenOnlyTheKeysAreThere() throws Exception {
    byte[] table = ValueCipher.table("stock");
    DatabaseKeys keys = Encryption.by(vault).storingIn(directory);
    byte[] sealed = keys.cipher().seal(table, table, table);

    ValueCipher reader = Encryption.readingBy(vault).readingFrom(directory).cipher();

    assertThat(reader.open(table, table, sealed)).isEqualTo(table);
    assertThatThrownBy(() -> reader.seal(table, table, table))
        .isInstanceOf(IllegalStateException.class);
  }
}
