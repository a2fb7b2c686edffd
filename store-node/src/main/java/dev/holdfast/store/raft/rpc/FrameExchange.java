package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer's stream of requests, and the responses to them in any order. */
final class FrameExchange extends ServerCall.Listener<Frame> {
  private static final Logger LOG = LoggerFactory.getLogger(FrameExchange.class);

  private final ServerCall<Frame, Frame> call;
  private final PeerConnection connection;
  private final Processors processors;
  private final PeerTrust trust;
  private final Set<String> proven = ConcurrentHashMap.newKeySet();
  private boolean ended; // by the lock of this

  FrameExchange(
      ServerCall<Frame, Frame> call,
      PeerConnection connection,
      Processors processors,
      PeerTrust trust) {
    this.call = call;
    this.connection = connection;
    this.processors = processors;
    this.trust = trust;
  }

  void begin() {
    connection.add(this);
    call.sendHeaders(new Metadata());
    call.request(Integer.MAX_VALUE); // Raft bounds the requests in flight
  }

  @Override
  public void onMessage(Frame request) {
    String sender = RaftCall.senderOf(request.body());
    if (sender != null && !mayBe(sender)) {
      LOG.warn("{} may not speak as {}: it is cut off", connection, sender);
      end(Status.PERMISSION_DENIED.withDescription("the certificate is not that of " + sender));
      return;
    }
    processors.handle(request.body(), new Reply(request));
  }

  private boolean mayBe(String sender) {
    if (proven.contains(sender)) {
      return true;
    }
    PeerId claimed = new PeerId();
    if (!claimed.parse(sender)
        || !trust.maySpeakAs(connection.certificate(), claimed.getEndpoint())) {
      return false;
    }
    proven.add(sender);
    return true;
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
