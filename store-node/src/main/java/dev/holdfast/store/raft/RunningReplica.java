package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.NodeOptions;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A replica whose Raft was started, with everything that stops with it. */
record RunningReplica(
    RaftGroupService service,
    Node node,
    NodeOptions options,
    PeerId self,
    WitnessedStorage storage) {
  private static final long STOPPED = 0;

  /** The members as of the end of its log; before there is one, the founders know each other. */
  Configuration members(Configuration founders) {
    Configuration members = storage.members();
    return members.isEmpty() && self.getIdx() == Standing.FOUNDER ? founders : members;
  }

  @Nullable Node ifLeading() {
    return node.isLeader(false) ? node : null;
  }

  /** JRaft reports nothing of a group that stopped, but the caller needs a number. */
  long whileActive(ToLongFunction<Node> index) {
    try {
      return index.applyAsLong(node);
    } catch (IllegalStateException stopped) {
      return STOPPED;
    }
  }

  /** Waits until nothing of it runs any more, without a limit: JRaft's locks have none. */
  void stop() {
    try {
      service.shutdown();
      service.join();
      storage.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
