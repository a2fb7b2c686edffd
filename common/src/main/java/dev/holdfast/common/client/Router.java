package dev.holdfast.common.client;

import org.jspecify.annotations.Nullable;

/** Chooses the node for a call. Never waits; called by many threads. */
interface Router {
  /**
   * The node for the next try.
   *
   * @param store the store that the call is about; null when any node will do
   * @param last the node that failed just before; null in the first try
   */
  NodeChannel pick(@Nullable String store, int triesBefore, @Nullable NodeChannel last);

  /** Reports a failed try whose cause may be a wrong leader. */
  void onLost();

  /** Whether no node is left that could answer. */
  boolean isHopeless();

  /** The partition of a store; 0 for all stores while the topology is unknown. */
  int partitionOf(String store);

  /** Routes to any node that answers. */
  static Router toAny(Nodes nodes) {
    return new Router() {
      @Override
      public NodeChannel pick(@Nullable String store, int triesBefore, @Nullable NodeChannel last) {
        return nodes.any(last);
      }

      @Override
      public void onLost() {
        // Any node will do, so there is nothing to learn.
      }

      @Override
      public boolean isHopeless() {
        return nodes.allRefuse();
      }

      @Override
      public int partitionOf(String store) {
        return 0;
      }
    };
  }
}
