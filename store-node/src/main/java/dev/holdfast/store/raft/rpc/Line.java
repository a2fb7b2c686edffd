package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a peer and the stream on it. Requests of all groups arrive in the order in which
 * they were sent. A stream that breaks fails the requests on it at once; the next one opens
 * another.
 */
final class Line {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);
  private static final long RECONNECT_NANOS = 200_000_000;

  /**
   * Longer than any heartbeat waits: a connection that swallows everything is not worth keeping.
   */
  private static final long SILENCE_NANOS_MAX = 3_000_000_000L;

  /** The end of a request: a response, or why there is none. */
  interface Answer extends BiConsumer<@Nullable Message, @Nullable Throwable> {}

  private final String peer;
  private final Supplier<ManagedChannel> connect;
  private final Runnable connected;
  private ManagedChannel channel; // these four by the lock of this
  private @Nullable Stream stream;
  private long lastReconnectNanos = System.nanoTime() - RECONNECT_NANOS;
  private boolean closed;

  /**
   * @param connected runs whenever a connection is made
   */
  Line(String peer, Supplier<ManagedChannel> connect, Runnable connected) {
    this.peer = peer;
    this.connect = connect;
    this.connected = connected;
    this.channel = connect.get();
    watch(channel, ConnectivityState.IDLE);
  }

  private void watch(ManagedChannel watched, ConnectivityState seen) {
    watched.notifyWhenStateChanged(seen, () -> changed(watched));
  }

  private void changed(ManagedChannel watched) {
    ConnectivityState state = watched.getState(false);
    LOG.debug("{} to {}", state, peer);
    if (state == ConnectivityState.READY) {
      connected.run();
    }
    if (state != ConnectivityState.SHUTDOWN) {
      watch(watched, state);
    }
  }

  synchronized boolean isConnected() {
    return channel.getState(false) == ConnectivityState.READY;
  }

  /** Begins to connect unless it is; false when the peer cannot be reached for now. Never waits. */
  synchronized boolean tryToConnect() {
    ConnectivityState state = channel.getState(true);
    if (state != ConnectivityState.TRANSIENT_FAILURE) {
      return state != ConnectivityState.SHUTDOWN;
    }
    long now = System.nanoTime();
    if (now - lastReconnectNanos >= RECONNECT_NANOS) {
      lastReconnectNanos = now; // gRPC itself would wait up to two minutes
      channel.resetConnectBackoff();
    }
    return false;
  }

  /** Sends a request; the answer is given once, on a thread of the network. */
  void send(Message request, long timeoutMillis, Answer answer) {
    RaftCall call = RaftCall.of(request);
    synchronized (this) {
      if (!closed) {
        Stream open = stream;
        if (open == null || open.isBroken()) {
          open = new Stream();
          stream = open;
        }
        open.send(call, request, timeoutMillis, answer);
        return;
      }
    }
    answer.accept(null, new RemotingException("the line to " + peer + " is closed"));
  }

  /** Fails what waits too long, and connects anew when nothing comes back at all. */
  void sweep() {
    Stream open;
    synchronized (this) {
      open = stream;
    }
    if (open == null || !open.expire(System.nanoTime())) {
      return;
    }
    ManagedChannel silent;
    synchronized (this) {
      if (closed) {
        return;
      }
      silent = channel;
      channel = connect.get();
      stream = null;
      watch(channel, ConnectivityState.IDLE);
    }
    LOG.info("nothing comes from {} any more: connecting anew", peer);
    silent.shutdownNow();
  }

  void close() {
    ManagedChannel last;
    synchronized (this) {
      closed = true;
      last = channel;
    }
    last.shutdownNow();
  }

  private record Waiting(long deadlineNanos, Answer answer) {}

  /** One stream, from its opening until it breaks. */
  private final class Stream extends ClientCall.Listener<Frame> {
    private final ClientCall<Frame, Frame> call;
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private long lastId;
    private volatile @Nullable Status broken;

    /** When the first request was sent since anything came back; null when there was none. */
    private volatile @Nullable Long askedNanos;

    Stream() {
      call = channel.newCall(RaftStreams.EXCHANGE, CallOptions.DEFAULT);
      call.start(this, new Metadata());
      call.request(Integer.MAX_VALUE); // responses are small, and bounded by the requests
    }

    boolean isBroken() {
      return broken != null;
    }

    void send(RaftCall kind, Message request, long timeoutMillis, Answer answer) {
      long id = ++lastId;
      long now = System.nanoTime();
      if (askedNanos == null) {
        askedNanos = now;
      }
      waiting.put(id, new Waiting(now + timeoutMillis * 1_000_000, answer));
      call.sendMessage(new Frame(id, kind.number(), request));
      Status why = broken;
      if (why != null) {
        failAll(new RemotingException(peer + ": " + why));
      }
    }

    @Override
    public void onMessage(Frame response) {
      askedNanos = null;
      Waiting request = waiting.remove(response.id());
      if (request != null) {
        request.answer().accept(response.body(), null);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      broken = status;
      askedNanos = null;
      failAll(new RemotingException(peer + ": " + status));
    }

    private void failAll(Throwable failure) {
      for (Long id : waiting.keySet()) {
        fail(id, failure);
      }
    }

    private void fail(Long id, Throwable failure) {
      Waiting request = waiting.remove(id);
      if (request != null) {
        request.answer().accept(null, failure);
      }
    }

    /** Fails requests whose time is over; whether the peer is silent altogether. */
    boolean expire(long now) {
      for (Iterator<Map.Entry<Long, Waiting>> each = waiting.entrySet().iterator();
          each.hasNext(); ) {
        Map.Entry<Long, Waiting> entry = each.next();
        if (entry.getValue().deadlineNanos() - now < 0) {
          fail(entry.getKey(), new InvokeTimeoutException("no answer of " + peer + " in time"));
        }
      }
      Long asked = askedNanos;
      return asked != null && now - asked > SILENCE_NANOS_MAX;
    }
  }
}
