package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels connect only when they are used, so nothing listens here. */
final class NodesTest {
  private static final String A = "127.0.0.1:1";
  private static final String B = "127.0.0.1:2";
  private static final String C = "127.0.0.1:3";

  private static final Failure LOST = Failure.of(Status.UNAVAILABLE.asRuntimeException());

  private final Nodes nodes = new Nodes(new ChannelMaker(ClientSecurity.OFF), 1, List.of(A, B, C));

  @AfterEach
  void close() {
    nodes.close();
  }

  /** Every node that 30 calls in a row would be sent to. */
  private Set<String> picked() {
    Set<String> picked = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      picked.add(nodes.any(null).address());
    }
    return picked;
  }

  @Test
  void shouldShareCallsAmongAllNodes() {
    assertThat(picked()).containsExactlyInAnyOrder(A, B, C);
  }

  @Test
  void shouldLeaveANodeThatFailedForOthersUntilItAnswers() {
    nodes.at(A).failed(LOST);
    assertThat(picked()).containsExactlyInAnyOrder(B, C);

    nodes.at(A).answered();
    assertThat(picked()).containsExactlyInAnyOrder(A, B, C);
  }

  @Test
  void shouldRatherTakeAnotherThanTheOneBefore() {
    NodeChannel before = nodes.at(B);

    for (int i = 0; i < 30; i++) {
      assertThat(nodes.any(before)).isNotSameAs(before);
    }
  }

  /** Whoever failed may be back, and there is nobody else. */
  @Test
  void shouldAskSomebodyWhenAllFailed() {
    List.of(A, B, C).forEach(address -> nodes.at(address).failed(LOST));

    assertThat(nodes.any(null)).isNotNull();
  }
}
