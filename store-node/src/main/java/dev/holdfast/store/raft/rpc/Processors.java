package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequestHeader;
import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** JRaft's handlers of requests, each on the thread that JRaft wants for it. */
final class Processors {
  private final Map<String, RpcProcessor<Message>> byRequest = new ConcurrentHashMap<>();

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
    Executor executor = executorOf(processor, name, request);
    if (executor == null) {
      processor.handleRequest(reply, request);
    } else {
      executor.execute(() -> processor.handleRequest(reply, request));
    }
  }

  private static @Nullable Executor executorOf(
      RpcProcessor<Message> processor, String name, Message request) {
    if (request instanceof AppendEntriesRequest append && processor.executorSelector() != null) {
      AppendEntriesRequestHeader header =
          AppendEntriesRequestHeader.newBuilder()
              .setGroupId(append.getGroupId())
              .setServerId(append.getServerId())
              .setPeerId(append.getPeerId())
              .build();
      return processor.executorSelector().select(name, header);
    }
    return processor.executor();
  }
}
