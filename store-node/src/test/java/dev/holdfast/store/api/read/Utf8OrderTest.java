package dev.holdfast.store.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class Utf8OrderTest {
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Integer.signum(
              Arrays.compareUnsigned(
                  a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));

  /** Short texts of few code points from every length of UTF-8, so that many share a beginning. */
  @Provide
  Arbitrary<String> texts() {
    List<String> codePoints =
        List.of(
            "a", "b", "\u00e9", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\ud800\udc00");
    Arbitrary<String> more = Arbitraries.of("\ud800\udc01", "\ud801\udc00", "\udbff\udfff");
    return Arbitraries.oneOf(Arbitraries.of(codePoints), more)
        .list()
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 5_000)
  void shouldBeTheOrderOfTheBytes(@ForAll("texts") String a, @ForAll("texts") String b) {
    int order = Integer.signum(Utf8Order.INSTANCE.compare(a, b));

    assertThat(order).isEqualTo(BY_BYTES.compare(a, b));
    assertThat(Integer.signum(Utf8Order.INSTANCE.compare(b, a))).isEqualTo(-order);
  }
}
