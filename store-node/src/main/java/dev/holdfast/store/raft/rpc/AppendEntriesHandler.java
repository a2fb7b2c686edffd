package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.impl.core.NodeRequestProcessor;
import com.google.protobuf.Message;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands entries to their group, in order ({@link Processors}), and responds as each is written.
 * Leaders put responses into order.
 *
 * <p>JRaft's own handler orders responses, too, by numbers that it keeps for each pair of peers and
 * drops when a connection ends. A response that comes after that takes the number of another one,
 * and then none is sent any more. It also waits 15 s, with a lock, for a task that waits for that
 * lock.
 */
final class AppendEntriesHandler extends NodeRequestProcessor<AppendEntriesRequest> {
  AppendEntriesHandler(Executor executor) {
    super(executor, AppendEntriesResponse.getDefaultInstance());
  }

  @Override
  protected @Nullable Message processRequest0(
      RaftServerService group, AppendEntriesRequest request, RpcRequestClosure done) {
    return group.handleAppendEntriesRequest(request, done);
  }

  @Override
  protected String getPeerId(AppendEntriesRequest request) {
    return request.getPeerId();
  }

  @Override
  protected String getGroupId(AppendEntriesRequest request) {
    return request.getGroupId();
  }

  @Override
  public String interest() {
    return AppendEntriesRequest.class.getName();
  }
}
