package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.RaftRpcFactory;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.SPI;
import org.jspecify.annotations.Nullable;

/** Makes JRaft take this package for its network. Servers are made by {@link RaftNetwork}. */
@SPI(priority = 10)
public final class GrpcRaftFactory implements RaftRpcFactory {
  /** {@link RaftCall} knows the messages. */
  @Override
  public void registerProtobufSerializer(String className, Object... args) {}

  @Override
  public RpcClient createRpcClient(@Nullable ConfigHelper<RpcClient> helper) {
    return new GroupCalls();
  }

  @Override
  public RpcServer createRpcServer(Endpoint endpoint, @Nullable ConfigHelper<RpcServer> helper) {
    throw new UnsupportedOperationException("a node has one Raft server, in RaftNetwork");
  }
}
