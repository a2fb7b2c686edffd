package dev.holdfast.common.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ValueCipherTest {
  private static final byte[] STOCK = ValueCipher.table("stock");
  private static final byte[] HOLDS = ValueCipher.table("holds");
  private static final byte[] ROW = bytes("berlin\0tea");

  private Path directory;
  private KeyVault vault;
  private ValueCipher cipher;

  @BeforeEach
  @BeforeProperty
  void open() throws Exception {
    directory = Files.createTempDirectory("crypt");
    Keyset.create(new SecureRandom()).write(directory.resolve("keyset.json"));
    vault = KeysetVault.open(directory.resolve("keyset.json"));
    cipher = DatabaseKeys.open(directory, vault).cipher();
  }

  @AfterEach
  @AfterProperty
  void delete() throws Exception {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Property(tries = 200)
  void shouldOpenWhatItSealed(@ForAll byte[] row, @ForAll byte[] value) throws Exception {
    byte[] sealed = cipher.seal(STOCK, row, value);

    assertThat(sealed).hasSize(value.length + ValueCipher.MORE_BYTES);
    assertThat(cipher.open(STOCK, row, sealed)).isEqualTo(value);
  }

  @Property(tries = 200)
  void shouldNotShowTheValue(@ForAll @Size(min = 8, max = 200) byte[] value) {
    byte[] sealed = cipher.seal(STOCK, ROW, value);

    assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(value, StandardCharsets.ISO_8859_1));
  }

  @Property(tries = 200)
  void shouldSealTheSameValueDifferentlyEachTime(@ForAll byte[] value) {
    assertThat(cipher.seal(STOCK, ROW, value)).isNotEqualTo(cipher.seal(STOCK, ROW, value));
  }

  @Test
  void shouldRefuseAFlippedBitAnywhere() {
    byte[] sealed = cipher.seal(STOCK, ROW, bytes("some units"));

    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> cipher.open(STOCK, ROW, flipped))
          .describedAs("bit %d", bit)
          .isInstanceOf(SealException.class);
    }
  }

  @Test
  void shouldRefuseWhatWasCut() {
    byte[] sealed = cipher.seal(STOCK, ROW, bytes("some units"));

    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> cipher.open(STOCK, ROW, cut)).isInstanceOf(SealException.class);
    }
  }

  @Test
  void shouldRefuseTheValueOfAnotherRowOrTable() {
    byte[] sealed = cipher.seal(STOCK, ROW, bytes("some units"));

    assertThatThrownBy(() -> cipher.open(STOCK, bytes("berlin\0coffee"), sealed))
        .isInstanceOf(SealException.class);
    assertThatThrownBy(() -> cipher.open(HOLDS, ROW, sealed)).isInstanceOf(SealException.class);
    assertThatThrownBy(() -> cipher.open(bytes("stockb"), bytes("erlin\0tea"), sealed))
        .isInstanceOf(SealException.class);
  }

  @Test
  void shouldRefuseTheValueOfAnotherDatabase() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    try {
      byte[] sealed = DatabaseKeys.open(other, vault).cipher().seal(STOCK, ROW, bytes("units"));

      assertThatThrownBy(() -> cipher.open(STOCK, ROW, sealed)).isInstanceOf(SealException.class);
    } finally {
      Files.delete(other.resolve("keys.json"));
      Files.delete(other);
    }
  }

  @Test
  void shouldNameTheKeyThatIsMissing() {
    byte[] sealed = cipher.seal(STOCK, ROW, bytes("some units"));
    sealed[3] = 9;

    assertThatThrownBy(() -> cipher.open(STOCK, ROW, sealed)).hasMessage("there is no key 9");
  }

  /** With the same key and nonce twice, whoever reads the disk could take two values apart. */
  @Test
  void shouldNeverUseANonceTwiceWhateverTheThreads() throws Exception {
    int threads = 8;
    int values = 5_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Set<String>>> found = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        found.add(pool.submit(() -> nonces(values)));
      }
      Set<String> all = new HashSet<>();
      for (Future<Set<String>> some : found) {
        all.addAll(some.get());
      }
      assertThat(all).hasSize(threads * values);
    } finally {
      pool.shutdownNow();
    }
  }

  private Set<String> nonces(int values) throws SealException {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < values; i++) {
      byte[] sealed = cipher.seal(STOCK, ROW, ROW);
      assertThat(cipher.open(STOCK, ROW, sealed)).isEqualTo(ROW);
      nonces.add(Arrays.toString(Arrays.copyOf(sealed, 16)));
    }
    return nonces;
  }

  @Test
  void shouldPutTheSameInThePlaceOfANameAndAnotherForAnother() {
    byte[] nameless = cipher.nameless(STOCK, bytes("anonymous\0order-17"));

    assertThat(nameless)
        .hasSize(16)
        .isEqualTo(cipher.nameless(STOCK, bytes("anonymous\0order-17")))
        .isNotEqualTo(cipher.nameless(STOCK, bytes("anonymous\0order-18")))
        .isNotEqualTo(cipher.nameless(HOLDS, bytes("anonymous\0order-17")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
