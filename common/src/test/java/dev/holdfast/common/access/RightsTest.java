package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RightsTest {
  private static final Rights SOME =
      Rights.of(List.of(Grant.parse("operator:oslo"), Grant.parse("viewer:berlin-*")));

  @Test
  void shouldJoinTheStoresOfRolesThatIncludeTheOneAskedFor() {
    assertThat(SOME.of(Role.OPERATOR).patterns()).containsExactly("oslo");
    assertThat(SOME.of(Role.VIEWER).patterns()).containsExactly("berlin-*", "oslo");
    assertThat(SOME.of(Role.ADMIN)).isEqualTo(Stores.NONE);
    assertThat(SOME.has(Role.OPERATOR)).isTrue();
    assertThat(SOME.has(Role.SCRAPER)).isFalse();
  }

  @Test
  void shouldBeNothingWithoutGrants() {
    assertThat(Rights.of(List.of())).isEqualTo(Rights.NONE);
    for (Role role : Role.values()) {
      assertThat(Rights.NONE.has(role)).isFalse();
    }
  }

  @Test
  void shouldBeEverythingWhileSecurityIsOff() {
    for (Role role : Role.values()) {
      assertThat(Rights.EVERYTHING.of(role).isAll()).isTrue();
    }
  }

  @Test
  void shouldGiveAnAdminAllButThePeersPart() {
    Rights admin = Rights.of(List.of(Grant.parse("admin")));

    assertThat(admin.of(Role.OPERATOR).isAll()).isTrue();
    assertThat(admin.of(Role.SCRAPER).isAll()).isTrue();
    assertThat(admin.has(Role.PEER)).isFalse();
  }
}
