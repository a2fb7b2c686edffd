package dev.holdfast.store.peers;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import java.util.function.Consumer;

/** Asks peers how they are. */
@FunctionalInterface
public interface StatusCalls {
  /**
   * Asks a peer, without waiting. One of the two is called once, on any thread, and not later than
   * a bounded time from now.
   */
  void ask(String node, Consumer<GetNodeStatusResponse> answered, Runnable failed);
}
