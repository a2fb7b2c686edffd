package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A peer's stream of requests, and the responses to them in any order. */
final class FrameExchange extends ServerCall.Listener<Frame> {
  private final ServerCall<Frame, Frame> call;
  private final PeerConnection connection;
  private final Processors processors;
  private boolean ended; // by the lock of this

  FrameExchange(
      ServerCall<Frame, Frame> call, PeerConnection connection, Processors processors) {
    this.call = call;
    this.connection = connection;
    this.processors = processors;
  }

  void begin() {
    connection.add(this);
    call.sendHeaders(new Metadata());
    call.request(Integer.MAX_VALUE); // Raft bounds the requests in flight
  }

  @Override
  public void onMessage(Frame request) {
    processors.handle(request.body(), new Reply(request));
  }

  private void respond(Frame request, Message response) {
    int number = response instanceof ErrorResponse ? Frame.ERROR : request.call();
    synchronized (this) {
      if (!ended) {
        call.sendMessage(new Frame(request.id(), number, response));
      }
    }
  }

  /** Ends the stream, once. */
  void end(Status status) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      call.close(status, new Metadata());
    }
    connection.remove(this);
  }

  @Override
  public void onHalfClose() {
    end(Status.OK);
  }

  @Override
  public void onCancel() {
    synchronized (this) {
      ended = true;
    }
    connection.remove(this);
  }

  /** JRaft's way to respond to one request. */
  private final class Reply implements RpcContext {
    private final Frame request;

    Reply(Frame request) {
      this.request = request;
    }

    @Override
    public void sendResponse(Object response) {
      respond(request, (Message) response);
    }

    @Override
    public Connection getConnection() {
      return connection;
    }

    @Override
    public String getRemoteAddress() {
      return connection.peer();
    }
  }
}
