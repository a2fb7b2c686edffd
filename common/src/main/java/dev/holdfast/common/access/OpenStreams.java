package dev.holdfast.common.access;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams that are open: they outlast a change of the grants, a certificate and a token. */
final class OpenStreams {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

  private final Set<OpenStream<?, ?>> open = ConcurrentHashMap.newKeySet();

  /** Ends those whose callers may not have them any more. */
  void check() {
    open.forEach(this::check);
  }

  /** A stream that cannot be ended must not keep the others from it; it was ended elsewhere. */
  private void check(OpenStream<?, ?> stream) {
    try {
      stream.check();
    } catch (RuntimeException e) {
      open.remove(stream);
      LOG.warn("a stream that is over cannot be ended", e);
    }
  }

  int count() {
    return open.size();
  }

  /** Keeps a stream from its request until its end. */
  <Q> ServerCall.Listener<Q> watched(OpenStream<Q, ?> stream, ServerCall.Listener<Q> handler) {
    return new SimpleForwardingServerCallListener<>(handler) {
      @Override
      public void onMessage(Q request) {
        stream.ask(request);
        open.add(stream);
        super.onMessage(request);
      }

      @Override
      public void onCancel() {
        open.remove(stream);
        super.onCancel();
      }

      @Override
      public void onComplete() {
        open.remove(stream);
        super.onComplete();
      }
    };
  }
}
