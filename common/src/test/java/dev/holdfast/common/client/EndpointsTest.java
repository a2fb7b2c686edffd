package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointsTest {
  @Test
  void shouldReadListsAsPeopleWriteThem() {
    assertThat(Endpoints.parse(" a:1, [::1]:2 ,,c.example:65535"))
        .containsExactly("a:1", "[::1]:2", "c.example:65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a", "a:", ":1", "a:b", "a:1,b", "a:65536"})
  void shouldNameWhatIsNoEndpoint(String text) {
    assertThatThrownBy(() -> Endpoints.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
