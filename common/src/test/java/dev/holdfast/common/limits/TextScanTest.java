package dev.holdfast.common.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextScanTest {
  @Property
  void shouldCountTheBytesThatTheEncoderWrites(@ForAll String text) {
    int scanned = TextScan.utf8Length(text);

    boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    boolean forbidden = text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
    if (encodable && !forbidden) {
      assertThat(scanned).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    } else {
      assertThat(scanned).isEqualTo(TextScan.FORBIDDEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SKU-1", "Zürich", "東京", "a😀b"})
  void shouldCountTheBytesOfNames(String text) {
    assertThat(TextScan.utf8Length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "a\nb", "\u007f", "ü\u0085", "a\ud800", "\udc00b", "a\uFFFD"})
  void shouldForbidControlCharactersAndHalfCharacters(String text) {
    assertThat(TextScan.utf8Length(text)).isEqualTo(TextScan.FORBIDDEN);
  }
}
