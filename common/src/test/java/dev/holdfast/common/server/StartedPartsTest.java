package dev.holdfast.common.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StartedPartsTest {
  private final List<String> closed = new ArrayList<>();
  private final StartedParts parts = new StartedParts();

  @Test
  void shouldCloseInReverseOrder() {
    add("first");
    add("second");

    assertThat(parts.close()).isTrue();
    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void shouldCloseTheOthersWhenOneFails() {
    add("first");
    parts.add(
        () -> {
          throw new IllegalStateException("does not close");
        });
    add("third");

    assertThat(parts.close()).isFalse();
    assertThat(closed).containsExactly("third", "first");
  }

  @Test
  void shouldCloseLatePartsAtOnce() {
    parts.close();

    add("late");

    assertThat(closed).containsExactly("late");
  }

  private void add(String name) {
    AutoCloseable part = () -> closed.add(name);
    parts.add(part);
  }
}
