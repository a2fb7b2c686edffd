package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoleTest {
  /** The table of roles, spelled out a second time. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          VIEWER,   VIEWER
          OPERATOR, VIEWER OPERATOR
          SCRAPER,  SCRAPER
          ADMIN,    VIEWER OPERATOR SCRAPER ADMIN
          PEER,     PEER
          """)
  void shouldIncludeTheseRoles(Role role, String included) {
    List<Role> found = Arrays.stream(Role.values()).filter(role::includes).toList();

    assertThat(found.stream().map(Role::name)).containsExactly(included.split(" "));
  }

  @Test
  void shouldGrantAllButPeer() {
    assertThat(Role.granted())
        .containsExactly(Role.VIEWER, Role.OPERATOR, Role.SCRAPER, Role.ADMIN);
  }

  @Test
  void shouldReadItsText() {
    assertThat(Role.of("operator")).contains(Role.OPERATOR);
    assertThat(Role.of("OPERATOR")).isEmpty();
    assertThat(Role.of("root")).isEmpty();
  }
}
