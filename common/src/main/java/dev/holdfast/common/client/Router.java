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

  /** A try failed in a way that may come from not knowing who leads. */
  void onLost();

  /** The partition of a store; 0 for all while the topology is not known. */
  int partitionOf(String store);

  /** Routes to whatever node answers. */
  static Router toAny(Nodes nodes) {
    return new Router() {
      @Override
      public NodeChannel pick(@Nullable String store, int triesBefore, @Nullable NodeChannel last) {
        return nodes.any(last);
      }

      @Override
      public void onLost() {
        // There is nothing to learn: any node will do.
      }

      @Override
      public int partitionOf(String store) {
        return 0;
      }
    };
  }
}
