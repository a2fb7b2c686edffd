package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoresTest {
  private static final Stores SOME = Stores.of(List.of("oslo", "berlin-*", "köln"));

  @ParameterizedTest
  @ValueSource(strings = {"oslo", "berlin-", "berlin-1", "berlin-mitte", "köln"})
  void shouldContainNamesAndWhatHasAPrefix(String store) {
    assertThat(SOME.contains(store)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "osl", "oslo-1", "Oslo", "berlin", "Berlin-1", "xberlin-1", "*"})
  void shouldContainNoOthers(String store) {
    assertThat(SOME.contains(store)).isFalse();
  }

  @Test
  void shouldKnowAllAndNone() {
    assertThat(Stores.of(List.of("oslo", "*"))).isEqualTo(Stores.ALL);
    assertThat(Stores.ALL.isAll()).isTrue();
    assertThat(Stores.ALL.contains("anything")).isTrue();
    assertThat(Stores.ALL.isNone()).isFalse();
    assertThat(Stores.of(List.of())).isEqualTo(Stores.NONE);
    assertThat(Stores.NONE.isNone()).isTrue();
    assertThat(Stores.NONE.contains("anything")).isFalse();
    assertThat(SOME.isAll()).isFalse();
    assertThat(SOME.isNone()).isFalse();
  }

  @Test
  void shouldLeaveOutWhatAPrefixCovers() {
    Stores stores = Stores.of(List.of("berlin-1", "berlin-*", "berlin-mitte-*", "berlin", "b*x"));

    assertThat(stores.patterns()).containsExactly("b*x", "berlin", "berlin-*");
    assertThat(Stores.of(List.of("ab*", "a*", "b")).patterns()).containsExactly("a*", "b");
  }

  @Test
  void shouldJoin() {
    Stores joined = Stores.of(List.of("a", "b-*")).plus(Stores.of(List.of("b-1", "c")));

    assertThat(joined.patterns()).containsExactly("a", "b-*", "c");
    assertThat(Stores.NONE.plus(SOME)).isEqualTo(SOME);
    assertThat(SOME.plus(Stores.NONE)).isEqualTo(SOME);
    assertThat(SOME.plus(Stores.ALL)).isEqualTo(Stores.ALL);
    assertThat(Stores.ALL.plus(SOME)).isEqualTo(Stores.ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " oslo", "a\nb"})
  void shouldRefuseWhatIsNoStore(String pattern) {
    assertThatThrownBy(() -> Stores.of(List.of(pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no store: must");
  }

  @Test
  void shouldRefuseWhatIsTooLong() {
    assertThatThrownBy(() -> Stores.of(List.of("x".repeat(129)))).hasMessageContaining("128");
    assertThatThrownBy(() -> Stores.of(List.of("x".repeat(129) + "*"))).hasMessageContaining("128");
  }
}
