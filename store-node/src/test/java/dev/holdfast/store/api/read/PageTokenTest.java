package dev.holdfast.store.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.StockKey;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTokenTest {
  @Property(tries = 200)
  void shouldReadWhatItWrote(
      @ForAll @AlphaChars @NotEmpty String store, @ForAll @AlphaChars @NotEmpty String sku) {
    StockKey key = new StockKey("Zü 東 " + store, sku + " \ud83d\udce6");

    assertThat(PageToken.parse(PageToken.of(key))).isEqualTo(key);
  }

  @Test
  void shouldFitIntoAnAddress() {
    String token = PageToken.of(new StockKey("ÿÿÿ???>>>", "ÿÿ~~"));

    assertThat(token).matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "a", "YWJj", "AGFi", "not a token", "YQBi="})
  void shouldNotReadWhatIsNoneOfOurs(String token) {
    assertThat(PageToken.parse(token)).isNull();
  }

  @Property
  void shouldNeverFailOnAnyText(@ForAll String token) {
    StockKey key = PageToken.parse(token);

    assertThat(key == null || !key.store().isEmpty()).isTrue();
  }
}
