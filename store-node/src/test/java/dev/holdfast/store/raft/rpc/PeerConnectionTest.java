package dev.holdfast.store.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.util.concurrent.ConcurrentHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PeerConnectionTest {
  private final PeerConnection old = new PeerConnection("127.0.0.1:1", null);
  private final PeerConnection current = new PeerConnection("127.0.0.1:2", null);

  /** JRaft drops the state of the pairs that a connection still has when it ends. */
  @Test
  void shouldLeaveToASuccessorWhatItUses() {
    Set<String> pairs = pairs(old, "group 0", "group 1");
    pairs(current, "group 1", "group 2");

    old.leaveTo(List.of(old, current));

    assertThat(pairs).containsExactly("group 0");
  }

  @Test
  void shouldKeepEverythingWithoutSuccessor() {
    Set<String> pairs = pairs(old, "group 0", "group 1");

    old.leaveTo(List.of(old, current));

    assertThat(pairs).containsExactlyInAnyOrder("group 0", "group 1");
  }

  private static Set<String> pairs(PeerConnection connection, String... names) {
    Set<String> pairs = new ConcurrentHashSet<>();
    pairs.addAll(List.of(names));
    connection.setAttribute("pairs", pairs);
    return pairs;
  }
}
