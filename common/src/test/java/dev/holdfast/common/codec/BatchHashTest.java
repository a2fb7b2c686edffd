package dev.holdfast.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class BatchHashTest {
  /** The example of FIPS 180-2. */
  @Test
  void shouldBeSha256() {
    byte[] hash = BatchHash.of("abc".getBytes(StandardCharsets.US_ASCII));

    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void shouldBeginWithZeros() {
    assertThat(BatchHash.genesis()).hasSize(32).containsOnly(0);
  }

  @Test
  void shouldNotShareItsBeginning() {
    BatchHash.genesis()[0] = 1;

    assertThat(BatchHash.genesis()).containsOnly(0);
  }
}
