package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.ThreadPoolsFactory;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.store.raft.rpc.NetworkedOptions;
import dev.holdfast.store.raft.rpc.PeerTrust;
import dev.holdfast.store.raft.rpc.RaftNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one Raft RPC server of a node, shared by all its groups. */
public final class RaftTransport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RaftTransport.class);

  private final RaftNetwork network;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("raft-timer"));
  private final ExecutorService handlers =
      Executors.newCachedThreadPool(new DaemonThreads("raft-handler"));

  /**
   * @param bindHost the address to listen at, with the port of this node's member
   * @param members all of them
   */
  public RaftTransport(
      RaftSettings.Member self,
      String bindHost,
      int groups,
      List<RaftSettings.Member> members,
      NodeSecurity security)
      throws IOException {
    RaftTuning.process();
    for (int partition = 0; partition < groups; partition++) {
      registerPool(PartitionGroup.groupId(partition));
    }
    int port = PeerId.parsePeer(self.raftAddress()).getPort();
    try {
      InetSocketAddress address = new InetSocketAddress(bindHost, port);
      network = new RaftNetwork(address, trust(members, security), security.handshakes(), handlers);
    } catch (IOException e) {
      timer.shutdownNow();
      throw new IOException(
          "cannot listen for Raft on %s:%d: the port is in use, or the host is not this machine's; "
                  .formatted(bindHost, port)
              + "change holdfast.cluster.nodes, or holdfast.raft.host",
          e);
    }
  }

  private static PeerTrust trust(List<RaftSettings.Member> members, NodeSecurity security) {
    Map<Endpoint, String> nodes =
        members.stream()
            .collect(
                Collectors.toMap(
                    member -> PeerId.parsePeer(member.raftAddress()).getEndpoint(),
                    RaftSettings.Member::nodeId));
    return new PeerTrust(security.identity(), security.cluster(), nodes);
  }

  /** Pools are registered by group for the life of the process; several nodes in one share them. */
  private static void registerPool(String group) {
    ThreadPoolExecutor pool = RaftTuning.groupPool(group);
    try {
      ThreadPoolsFactory.registerThreadPool(group, pool);
    } catch (IllegalArgumentException e) {
      LOG.debug("the pool of {} is registered already", group);
    }
  }

  RpcServer server() {
    return network.server();
  }

  /** Options for a group whose calls go over this transport. */
  NodeOptions options() {
    return new NetworkedOptions(network);
  }

  /** The timer for short tasks that the groups do later. */
  ScheduledExecutorService timer() {
    return timer;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    network.close();
    handlers.shutdownNow();
  }
}
