package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.ReplicatorGroup;
import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.InvokeContext;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.util.Endpoint;
import com.google.protobuf.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The calls of one group over the node's lines. */
final class GroupCalls implements RpcClient {
  private @Nullable Lines lines;
  private @Nullable ReplicatorGroup group;

  @Override
  public boolean init(RpcOptions options) {
    lines = ((NetworkedOptions) options).lines();
    if (group != null) {
      lines.add(group);
    }
    return true;
  }

  private Lines lines() {
    Lines open = lines;
    if (open == null) {
      throw new IllegalStateException("not started");
    }
    return open;
  }

  /** JRaft calls this before it starts the client. */
  @Override
  public void registerConnectEventListener(ReplicatorGroup replicatorGroup) {
    group = replicatorGroup;
  }

  /** The lines serve other groups. */
  @Override
  public void shutdown() {
    if (lines != null && group != null) {
      lines.remove(group);
    }
  }

  @Override
  public boolean checkConnection(Endpoint endpoint) {
    return lines().talk(endpoint).isConnected();
  }

  @Override
  public boolean checkConnection(Endpoint endpoint, boolean createIfAbsent) {
    Line talk = lines().talk(endpoint);
    return createIfAbsent ? talk.tryToConnect() : talk.isConnected();
  }

  /** Other groups talk to the same peer. */
  @Override
  public void closeConnection(Endpoint endpoint) {}

  @Override
  public Object invokeSync(
      Endpoint endpoint, Object request, @Nullable InvokeContext context, long timeoutMillis)
      throws InterruptedException, RemotingException {
    CompletableFuture<Message> response = new CompletableFuture<>();
    send(
        endpoint,
        request,
        timeoutMillis,
        (message, failure) -> {
          if (message != null) {
            response.complete(message);
          } else {
            response.completeExceptionally(failure);
          }
        });
    try {
      return response.get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new InvokeTimeoutException(e);
    } catch (ExecutionException e) {
      throw new RemotingException(e.getCause());
    }
  }

  @Override
  public void invokeAsync(
      Endpoint endpoint,
      Object request,
      @Nullable InvokeContext context,
      InvokeCallback callback,
      long timeoutMillis) {
    Executor executor = callback.executor();
    send(
        endpoint,
        request,
        timeoutMillis,
        (message, failure) -> {
          if (executor == null) {
            callback.complete(message, failure);
          } else {
            executor.execute(() -> callback.complete(message, failure));
          }
        });
  }

  private void send(Endpoint endpoint, Object request, long timeoutMillis, Line.Answer answer) {
    Line line =
        RaftCall.of(request) == RaftCall.GET_FILE
            ? lines().files(endpoint)
            : lines().talk(endpoint);
    line.tryToConnect();
    line.send((Message) request, timeoutMillis, answer);
  }
}
