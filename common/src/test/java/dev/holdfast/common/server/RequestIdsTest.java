package dev.holdfast.common.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.limits.FieldRules;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RequestIdsTest {
  private final RequestIds ids = new RequestIds(new SecureRandom());

  @Test
  void shouldMakeRandomLookingUuids() {
    String id = ids.next();

    assertThat(UUID.fromString(id).version()).isEqualTo(4);
    assertThat(UUID.fromString(id).variant()).isEqualTo(2);
    assertThat(FieldRules.isRequestId(id)).isTrue();
  }

  @Test
  void shouldNeverRepeatAnId() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.add(ids.next())).isTrue();
    }
  }

  @Test
  void shouldDifferBetweenProcesses() {
    RequestIds others = new RequestIds(new SecureRandom());

    assertThat(others.next().substring(0, 18)).isNotEqualTo(ids.next().substring(0, 18));
  }
}
