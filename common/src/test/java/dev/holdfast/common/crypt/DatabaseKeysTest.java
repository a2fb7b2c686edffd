package dev.holdfast.common.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseKeysTest {
  private static final byte[] TABLE = ValueCipher.table("stock");
  private static final byte[] ROW = {1};
  private static final byte[] VALUE = "some units".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path root;
  private Path database;
  private Path keyset;
  private KeysetVault vault;

  @BeforeEach
  void makeKeyset() throws Exception {
    database = Files.createDirectory(root.resolve("db"));
    keyset = root.resolve("keyset.json");
    Keyset.create(new SecureRandom()).write(keyset);
    vault = KeysetVault.open(keyset);
  }

  @Test
  void shouldReadAfterARestartAndSealWithAnotherKey() throws Exception {
    byte[] before = DatabaseKeys.open(database, vault).cipher().seal(TABLE, ROW, VALUE);

    ValueCipher after = DatabaseKeys.open(database, vault).cipher();

    assertThat(after.open(TABLE, ROW, before)).isEqualTo(VALUE);
    assertThat(keyId(after.seal(TABLE, ROW, VALUE))).isNotEqualTo(keyId(before));
    assertThat(after.nameless(TABLE, ROW))
        .isEqualTo(DatabaseKeys.read(database, vault).cipher().nameless(TABLE, ROW));
  }

  /** Both go on from the same files and count from the same number. */
  @Test
  void shouldNotShareADataKeyWithACopy() throws Exception {
    DatabaseKeys first = DatabaseKeys.open(database, vault);
    Path copy = Files.createDirectory(root.resolve("copy"));
    first.copyTo(copy);

    byte[] ofCopy = DatabaseKeys.open(copy, vault).cipher().seal(TABLE, ROW, VALUE);
    byte[] ofOriginal = DatabaseKeys.open(database, vault).cipher().seal(TABLE, ROW, VALUE);

    assertThat(ofCopy).isNotEqualTo(ofOriginal);
    ValueCipher original = DatabaseKeys.read(database, vault).cipher();
    assertThatThrownBy(() -> original.open(TABLE, ROW, ofCopy)).isInstanceOf(SealException.class);
  }

  @Test
  void shouldReadACopyOfAnotherReplica() throws Exception {
    DatabaseKeys first = DatabaseKeys.open(database, vault);
    byte[] sealed = first.cipher().seal(TABLE, ROW, VALUE);
    Path copy = Files.createDirectory(root.resolve("copy"));

    first.copyTo(copy);

    assertThat(DatabaseKeys.open(copy, vault).cipher().open(TABLE, ROW, sealed)).isEqualTo(VALUE);
  }

  @Test
  void shouldRotateDataKeysWhileItRuns() throws Exception {
    DatabaseKeys keys = DatabaseKeys.open(database, vault);
    byte[] before = keys.cipher().seal(TABLE, ROW, VALUE);

    keys.rotate();

    byte[] after = keys.cipher().seal(TABLE, ROW, VALUE);
    assertThat(keyId(after)).isNotEqualTo(keyId(before));
    ValueCipher later = DatabaseKeys.read(database, vault).cipher();
    assertThat(later.open(TABLE, ROW, before)).isEqualTo(VALUE);
    assertThat(later.open(TABLE, ROW, after)).isEqualTo(VALUE);
  }

  @Test
  void shouldRotateTheMasterKeyAndThenDoWithoutTheOldOne() throws Exception {
    Keyset old = Keyset.read(keyset);
    DatabaseKeys keys = DatabaseKeys.open(database, vault);
    byte[] sealed = keys.cipher().seal(TABLE, ROW, VALUE);
    byte[] name = keys.cipher().nameless(TABLE, ROW);
    Keyset both = old.rotated(new SecureRandom());
    both.write(keyset);
    vault.refresh();

    keys.rewrap();

    new Keyset(both.primary(), Map.of(both.primary(), both.keys().get(both.primary())))
        .write(keyset);
    ValueCipher after = DatabaseKeys.open(database, KeysetVault.open(keyset)).cipher();
    assertThat(after.open(TABLE, ROW, sealed)).isEqualTo(VALUE);
    assertThat(after.nameless(TABLE, ROW)).isEqualTo(name);
  }

  @Test
  void shouldNotWriteAgainWhatIsWrappedByThePrimaryKey() throws Exception {
    DatabaseKeys keys = DatabaseKeys.open(database, vault);
    String before = Files.readString(database.resolve("keys.json"));

    keys.rewrap();

    assertThat(database.resolve("keys.json")).hasContent(before);
  }

  @Test
  void shouldNameTheKeysetThatLacksTheMasterKey() throws Exception {
    DatabaseKeys.open(database, vault);
    Keyset.create(new SecureRandom()).write(keyset);

    KeyVault other = KeysetVault.open(keyset);

    assertThatThrownBy(() -> DatabaseKeys.open(database, other))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining(database.resolve("keys.json").toString())
        .hasMessageContaining("the keyset " + keyset + " does not hold the master key master-")
        .hasMessageContaining("put the keyset back");
  }

  @Test
  void shouldRefuseAnotherMasterKeyOfTheSameId() throws Exception {
    DatabaseKeys.open(database, vault);
    String id = Keyset.read(keyset).primary();
    new Keyset(id, Map.of(id, new byte[32])).write(keyset);

    KeyVault other = KeysetVault.open(keyset);

    assertThatThrownBy(() -> DatabaseKeys.open(database, other))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("is another one than what it wrapped");
  }

  @Test
  void shouldRefuseDamagedAndNewerFiles() throws Exception {
    Path file = database.resolve("keys.json");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> DatabaseKeys.open(database, vault))
        .hasMessageContaining(file + " is damaged");
    Files.writeString(file, "no JSON");
    assertThatThrownBy(() -> DatabaseKeys.open(database, vault))
        .hasMessageContaining(file + " is damaged");
    Files.writeString(file, "{\"holdfast_database_keys\": 2}");
    assertThatThrownBy(() -> DatabaseKeys.open(database, vault))
        .hasMessageStartingWith("NEEDS_NEWER_BUILD: " + file);
  }

  @Test
  void shouldKeepMasterKeysOutOfTheDatabase() throws Exception {
    DatabaseKeys.open(database, vault);
    String master = Files.readString(keyset).lines().skip(4).findFirst().orElseThrow();
    String base64 = master.substring(master.indexOf(':') + 3, master.lastIndexOf('"'));

    assertThat(Files.readString(database.resolve("keys.json"))).doesNotContain(base64);
    assertThat(Keyset.read(keyset).toString()).doesNotContain(base64);
  }

  @Test
  void shouldWriteKeysForTheirOwnerOnly() throws Exception {
    DatabaseKeys.open(database, vault);

    assertThat(mode(keyset)).isEqualTo("rw-------");
    assertThat(mode(database.resolve("keys.json"))).isEqualTo("rw-------");
  }

  @Test
  void shouldRefuseAKeysetThatOthersCanRead() throws Exception {
    Files.setPosixFilePermissions(keyset, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> Keyset.read(keyset)).hasMessageContaining("chmod 600 " + keyset);
  }

  @Test
  void shouldSayHowToGetAMissingKeyset() {
    Path missing = root.resolve("none.json");

    assertThatThrownBy(() -> Keyset.read(missing))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("there is no keyset " + missing)
        .hasMessageContaining("holdfast keys init " + missing);
  }

  @Test
  void shouldRefuseADamagedKeyset() throws Exception {
    for (String damaged :
        new String[] {
          "",
          "[]",
          "{\"holdfast_keyset\":2}",
          "{\"holdfast_keyset\":1,\"primary\":\"m\",\"keys\":{}}",
          "{\"holdfast_keyset\":1,\"primary\":\"m\",\"keys\":{\"m\":\"c2hvcnQ=\"}}"
        }) {
      Files.writeString(keyset, damaged);
      assertThatThrownBy(() -> Keyset.read(keyset))
          .describedAs(damaged)
          .isInstanceOf(KeyException.class)
          .hasMessageContaining(keyset.toString());
    }
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static int keyId(byte[] sealed) {
    return ByteBuffer.wrap(sealed).getInt();
  }
}
