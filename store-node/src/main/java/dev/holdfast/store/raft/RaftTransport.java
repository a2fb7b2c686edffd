package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.rpc.RaftRpcServerFactory;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.BoltRpcServer;
import com.alipay.sofa.jraft.util.ThreadPoolsFactory;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one Raft RPC server of a node, shared by all its groups. */
public final class RaftTransport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RaftTransport.class);

  private final RpcServer server;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("raft-timer"));

  /**
   * @param bindHost the address to listen at, with the port of this node's member
   */
  public RaftTransport(RaftSettings.Member self, String bindHost, int groups) throws IOException {
    RaftTuning.process();
    for (int partition = 0; partition < groups; partition++) {
      registerPool(PartitionGroup.groupId(partition));
    }
    int port = PeerId.parsePeer(self.raftAddress()).getPort();
    server = listenAt(bindHost, port);
    if (!start(server)) {
      throw new IOException(
          "cannot listen for Raft on %s:%d: the port is in use, or the host is not this machine's; "
                  .formatted(bindHost, port)
              + "change holdfast.cluster.nodes, or holdfast.raft.host");
    }
  }

  /** JRaft's own factory listens at every interface. */
  private static RpcServer listenAt(String host, int port) {
    var bolt = new com.alipay.remoting.rpc.RpcServer(host, port, true);
    RpcServer server = new BoltRpcServer(bolt);
    RaftRpcServerFactory.addRaftRequestProcessors(server);
    return server;
  }

  private static boolean start(RpcServer server) {
    try {
      return server.init(null);
    } catch (RuntimeException e) {
      LOG.debug("the Raft server did not start", e);
      return false;
    }
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
    return server;
  }

  /** The timer for short tasks that the groups do later. */
  ScheduledExecutorService timer() {
    return timer;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    server.shutdown();
  }
}
