package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class IdempotencyKeysTest {
  @Test
  void shouldMakeKeysThatSortByTime() {
    List<String> keys = Stream.generate(new IdempotencyKeys()::next).limit(1_000).toList();

    assertThat(keys).isSorted().doesNotHaveDuplicates();
    assertThat(keys.get(300)).matches("c-[0-9a-f]{24}-000000012c");
  }

  @Test
  void shouldDifferBetweenClients() {
    assertThat(new IdempotencyKeys().next()).isNotEqualTo(new IdempotencyKeys().next());
  }
}
