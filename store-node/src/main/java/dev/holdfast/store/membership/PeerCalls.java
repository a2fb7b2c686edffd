package dev.holdfast.store.membership;

import java.util.List;
import java.util.OptionalInt;

/** Asks the other nodes of the cluster. Waits for their answers, for a bounded time. */
public interface PeerCalls {
  /** The introductions of the nodes that answer. */
  List<Introduction> introduce();

  /** Asks a node for an incarnation; empty when it does not lead the partition for sure. */
  OptionalInt askForIncarnation(String node, int partition);

  /** Asks a node to take the next step of seating a replica of this one, if it leads. */
  void askForSeat(String node, int partition, int incarnation, long lastLogIndex);
}
