package dev.holdfast.store.testing;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.store.peers.PeerWatch;
import dev.holdfast.store.peers.StatusCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Peers that answer at once, unless they are silent, by clocks that are off by so much. */
public final class FakePeers implements StatusCalls {
  private final ManualClock clock;
  private final Map<String, Duration> offsets = new HashMap<>();
  private final Map<String, UnaryOperator<GetNodeStatusResponse.Builder>> more = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  public FakePeers(ManualClock clock) {
    this.clock = clock;
  }

  /** The peer answers from now on; its clock is ahead of what is right by so much. */
  public void answers(String node, Duration offset) {
    offsets.put(node, offset);
  }

  /** What else it tells. */
  public void tells(String node, UnaryOperator<GetNodeStatusResponse.Builder> what) {
    more.put(node, what);
  }

  public void isSilent(String node) {
    offsets.remove(node);
  }

  /** Who was asked, in turn, since this was asked last. */
  public List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  public PeerWatch watched(String... nodes) {
    return new PeerWatch(List.of(nodes), this, clock.clock().nanos());
  }

  @Override
  public void ask(String node, Consumer<GetNodeStatusResponse> answered, Runnable failed) {
    asked.add(node);
    Duration offset = offsets.get(node);
    if (offset == null) {
      failed.run();
      return;
    }
    // What is right is what the monotonic clock says: this node's wall clock may be set meanwhile.
    long right = ManualClock.START + clock.passedMillis();
    GetNodeStatusResponse.Builder response =
        GetNodeStatusResponse.newBuilder()
            .setNodeId(node)
            .setWallClockMillis(right + offset.toMillis());
    answered.accept(more.getOrDefault(node, UnaryOperator.identity()).apply(response).build());
  }
}
