package dev.holdfast.common.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncryptionTest {
  private static final byte[] TABLE = ValueCipher.table("stock");

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
    DatabaseKeys keys = Objects.requireNonNull(Encryption.by(vault).storingIn(directory));
    byte[] sealed = keys.cipher().seal(table, table, table);

    ValueCipher reader =
        Objects.requireNonNull(Encryption.readingBy(vault).readingFrom(directory)).cipher();

    assertThat(reader.open(table, table, sealed)).isEqualTo(table);
    assertThatThrownBy(() -> reader.seal(table, table, table))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldWrapTheKeysOfAllThatIsOpenByANewMasterKey() throws Exception {
    Encryption encryption = Encryption.by(vault);
    DatabaseKeys one = Objects.requireNonNull(encryption.storingIn(directory.resolve("one")));
    encryption.storingIn(directory.resolve("two"));
    Objects.requireNonNull(encryption.storingIn(directory.resolve("closed"))).close();
    byte[] sealed = one.cipher().seal(TABLE, TABLE, TABLE);
    Keyset keyset = Keyset.read(elsewhere.resolve("keyset.json"));
    Keyset rotated = keyset.rotated(new SecureRandom());
    rotated.write(elsewhere.resolve("keyset.json"));

    encryption.refresh();

    assertThat(master("one")).isEqualTo(rotated.primary());
    assertThat(master("two")).isEqualTo(rotated.primary());
    assertThat(master("closed")).isEqualTo(keyset.primary());
    DatabaseKeys reader =
        Objects.requireNonNull(Encryption.readingBy(vault).readingFrom(directory.resolve("one")));
    assertThat(reader.cipher().open(TABLE, TABLE, sealed)).isEqualTo(TABLE);
  }

  private String master(String database) throws Exception {
    return KeyFile.read(directory.resolve(database).resolve("keys.json")).secret().master();
  }

  @Test
  void shouldSealWithANewDataKeyWhenTheOldOneHasItsAge() throws Exception {
    Encryption patient = new Encryption(true, vault, Duration.ofDays(1));
    DatabaseKeys keys = Objects.requireNonNull(patient.storingIn(directory.resolve("patient")));
    patient.refresh();
    assertThat(keyId(keys)).isEqualTo(1);
    Encryption hasty = new Encryption(true, vault, Duration.ZERO);
    DatabaseKeys others = Objects.requireNonNull(hasty.storingIn(directory.resolve("hasty")));
    byte[] before = others.cipher().seal(TABLE, TABLE, TABLE);

    hasty.refresh();

    assertThat(keyId(others)).isEqualTo(2);
    assertThat(others.cipher().open(TABLE, TABLE, before)).isEqualTo(TABLE);
  }

  private static int keyId(DatabaseKeys keys) {
    return ByteBuffer.wrap(keys.cipher().seal(TABLE, TABLE, TABLE)).getInt();
  }

  @Test
  void shouldLookAgainAfterAVaultFailed() throws Exception {
    DatabaseKeys keys = Objects.requireNonNull(Encryption.by(vault).storingIn(directory));
    AtomicInteger looks = new AtomicInteger();
    KeyVault failing = new FailingVault(looks);
    Encryption encryption = Encryption.by(failing);

    try (KeyWatch watch = KeyWatch.start(encryption, Duration.ofMillis(1))) {
      Awaitility.await().until(() -> looks.get() > 3);
      assertThat(watch).isNotNull();
    }
    assertThat(keyId(keys)).isEqualTo(1);
  }

  private record FailingVault(AtomicInteger looks) implements KeyVault {
    @Override
    public String primary() throws KeyException {
      throw new KeyException("away");
    }

    @Override
    public WrappedKey wrap(byte[] key) throws KeyException {
      throw new KeyException("away");
    }

    @Override
    public void refresh() throws KeyException {
      looks.incrementAndGet();
      throw new KeyException("away");
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped) throws KeyException {
      throw new KeyException("away");
    }
  }
}
