package dev.holdfast.store.state.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.store.state.fault.StateFault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PackingTest {
  @Property(tries = 300)
  void shouldUnpackWhatItPacked(@ForAll @Size(max = 2_000) byte[] value) {
    assertThat(Packing.unpack(Packing.pack(value))).isEqualTo(value);
  }

  @Test
  void shouldShrinkWhatRepeatsAndAddAByteAtMostToWhatDoesNot() {
    byte[] repeating = "stock of a store, ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    byte[] random = new byte[100_000];
    new Random(7).nextBytes(random);

    assertThat(Packing.pack(repeating)).hasSizeLessThan(repeating.length / 50);
    assertThat(Packing.pack(random)).hasSize(random.length + 1);
    assertThat(Packing.unpack(Packing.pack(repeating))).isEqualTo(repeating);
    assertThat(Packing.unpack(Packing.pack(random))).isEqualTo(random);
  }

  @Test
  void shouldNeverTakeWhatIsDamagedForAValue() {
    byte[] packed = Packing.pack("stock of a store, ".repeat(100).getBytes(StandardCharsets.UTF_8));
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> Packing.unpack(cut)).isInstanceOf(StateFault.class);
    }
    packed[0] = 2;
    assertThatThrownBy(() -> Packing.unpack(packed)).isInstanceOf(StateFault.class);
  }

  @Test
  void shouldReadGoldenBytes() {
    byte[] value = "ab".repeat(80).getBytes(StandardCharsets.UTF_8);

    assertThat(Packing.unpack(HexFormat.of().parseHex(GOLDEN_LZ4))).isEqualTo(value);
    assertThat(Packing.unpack(new byte[] {0, 7})).containsExactly(7);
    assertThat(Packing.pack(new byte[] {7})).containsExactly(0, 7);
  }

  /** Two literals, a match of 153 two bytes back, five literals: written by hand. */
  private static final String GOLDEN_LZ4 =
      "01" + "000000a0" + "2f" + "6162" + "0200" + "86" + "50" + "6261626162";
}
