package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * JRaft's handlers of requests, each on the thread that it needs.
 *
 * <p>Entries are appended in order for each pair of peers, as JRaft's own executors would do it.
 * These are not used: one that is stopped when a connection ends waits 15 s for its task, while
 * that task waits for a lock of who stops it.
 */
final class Processors {
  private final Map<String, RpcProcessor<Message>> byRequest = new ConcurrentHashMap<>();
  private final Map<Pair, Executor> appending = new ConcurrentHashMap<>();
  private final Executor pool;

  private record Pair(String group, String leader, String follower) {}

  Processors(Executor pool) {
    this.pool = pool;
  }

  @SuppressWarnings("unchecked") // JRaft's own registration is as untyped
  void add(RpcProcessor<?> processor) {
    byRequest.put(processor.interest(), (RpcProcessor<Message>) processor);
  }

  void handle(Message request, RpcContext reply) {
    String name = request.getClass().getName();
    RpcProcessor<Message> processor = byRequest.get(name);
    if (processor == null) {
      throw Status.UNIMPLEMENTED.withDescription(name).asRuntimeException();
    }
    Executor executor =
        request instanceof AppendEntriesRequest append ? inOrder(append) : processor.executor();
    if (executor == null) {
      processor.handleRequest(reply, request);
    } else {
      executor.execute(() -> processor.handleRequest(reply, request));
    }
  }

  private Executor inOrder(AppendEntriesRequest append) {
    return appending.computeIfAbsent(
        new Pair(append.getGroupId(), append.getServerId(), append.getPeerId()),
        pair -> MoreExecutors.newSequentialExecutor(pool));
  }
}
