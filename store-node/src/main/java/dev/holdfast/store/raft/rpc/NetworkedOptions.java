package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.option.NodeOptions;

/** Options of a group that lead its calls over a node's network: JRaft knows one per process. */
public final class NetworkedOptions extends NodeOptions {
  private final Lines lines;

  public NetworkedOptions(RaftNetwork network) {
    this.lines = network.lines();
  }

  Lines lines() {
    return lines;
  }
}
