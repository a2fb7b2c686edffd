package dev.holdfast.common.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The formats of keys and sealed values are forever: these bytes must be read for all time. */
final class GoldenKeysTest {
  private static final String KEYSET =
      """
      {
        "holdfast_keyset" : 1,
        "primary" : "master-01020304",
        "keys" : {
          "master-01020304" : "BQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQ="
        }
      }""";

  @TempDir private Path directory;

  @Test
  void shouldWriteTheSameKeyset() throws Exception {
    Path file = directory.resolve("keyset.json");

    Keyset.create(new FixedBytes()).write(file);

    assertThat(file).hasContent(KEYSET);
  }

  @Test
  void shouldWriteTheSameKeysAndValues() throws Exception {
    DatabaseKeys keys = DatabaseKeys.open(directory, vault(), new FixedBytes());
    ValueCipher cipher = keys.cipher();

    assertThat(directory.resolve("keys.json")).hasContent(GOLDEN_KEYS);
    assertThat(hex(cipher.seal(TABLE, ROW, VALUE))).isEqualTo(GOLDEN_FIRST);
    assertThat(hex(cipher.seal(TABLE, ROW, VALUE))).isEqualTo(GOLDEN_SECOND);
    assertThat(hex(cipher.nameless(TABLE, ROW))).isEqualTo(GOLDEN_NAME);
  }

  @Test
  void shouldReadWhatWasWritten() throws Exception {
    Files.writeString(directory.resolve("keys.json"), GOLDEN_KEYS);

    ValueCipher cipher = DatabaseKeys.read(directory, vault()).cipher();

    assertThat(cipher.open(TABLE, ROW, HexFormat.of().parseHex(GOLDEN_FIRST))).isEqualTo(VALUE);
    assertThat(cipher.open(TABLE, ROW, HexFormat.of().parseHex(GOLDEN_SECOND))).isEqualTo(VALUE);
    assertThat(hex(cipher.nameless(TABLE, ROW))).isEqualTo(GOLDEN_NAME);
    assertThat(directory.resolve("keys.json")).hasContent(GOLDEN_KEYS);
  }

  private static final byte[] TABLE = ValueCipher.table("stock");
  private static final byte[] ROW = {'a', 0, 'b'};
  private static final byte[] VALUE = {8, 5};

  private static final String GOLDEN_KEYS =
      """
      {
        "holdfast_database_keys" : 1,
        "master" : "master-01020304",
        "secret" : "AQIDBAUGBwgJCgsMxvWu2wuQK5Svvrq+0u/x6QK9X/W+4yfr9swMLJ6R4Pu0lj6zW/IZhMAHVmQ6cSOR",
        "salts" : [ "2122232425262728292a2b2c2d2e2f30" ]
      }""";

  // Computed by another implementation, from the description of the format.
  private static final String GOLDEN_FIRST =
      "00000001000000000000000000000000933f69684de3c90ab8cb826fa7207c98dc26";
  private static final String GOLDEN_SECOND =
      "00000001000000000000000000000001c5b0d7bc198ce875ed8db0809a166e570086";
  private static final String GOLDEN_NAME = "c90caa8a664689df9e313dbae1122d31";

  private KeyVault vault() throws Exception {
    Path file = directory.resolve("keyset.json");
    Keyset.create(new FixedBytes()).write(file);
    return KeysetVault.open(file, new FixedBytes());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
