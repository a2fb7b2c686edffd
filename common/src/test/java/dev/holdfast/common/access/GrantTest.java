package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrantTest {
  @ParameterizedTest
  @CsvSource({
    "viewer:*, VIEWER, *",
    "operator:berlin-*, OPERATOR, berlin-*",
    "operator:a:b, OPERATOR, a:b",
    "admin, ADMIN, *",
    "admin:oslo, ADMIN, oslo",
    "scraper, SCRAPER, *"
  })
  void shouldReadClaims(String text, Role role, String pattern) {
    Grant grant = Grant.parse(text);

    assertThat(grant).isEqualTo(new Grant(role, Stores.of(List.of(pattern))));
    assertThat(grant.texts().stream().map(Grant::parse)).containsExactly(grant);
  }

  @ParameterizedTest
  @CsvSource({
    "viewer, viewer needs stores",
    "operator, operator needs stores",
    "viewer:, is no store",
    "peer, peer is no role to grant",
    "peer:*, peer is no role to grant",
    "root, 'role must be one of viewer, operator, scraper, admin'",
    "'', role must be one of"
  })
  void shouldTellWhatIsWrong(String text, String problem) {
    assertThatThrownBy(() -> Grant.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void shouldWriteATextForEachPattern() {
    Grant grant = new Grant(Role.VIEWER, Stores.of(List.of("oslo", "berlin-*")));

    assertThat(grant.texts()).containsExactly("viewer:berlin-*", "viewer:oslo");
  }
}
