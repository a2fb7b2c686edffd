package dev.holdfast.store.peers;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import java.util.function.Consumer;

/** Asks peers for their status. */
@FunctionalInterface
public interface StatusCalls {
  /**
   * Asks a peer, without waiting. Exactly one of the two is called, on any thread, within a bounded
   * time.
   */
  void ask(String node, Consumer<GetNodeStatusResponse> answered, Runnable failed);
}
