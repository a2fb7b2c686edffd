package dev.holdfast.common.access;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call that may begin when its token has been read. */
final class TokenEntry<Q> implements Consumer<Identity> {
  private static final Logger LOG = LoggerFactory.getLogger(TokenEntry.class);

  private final ServerCall<Q, ?> call;
  private final Function<Identity, ServerCall.Listener<Q>> begin;
  private final Context context = Context.current();

  // Guarded by this; one of the two comes first.
  private ServerCall.@Nullable Listener<Q> begun;
  private @Nullable DelayedListener<Q> delayed;

  TokenEntry(ServerCall<Q, ?> call, Function<Identity, ServerCall.Listener<Q>> begin) {
    this.call = call;
    this.begin = begin;
  }

  /** The token was read: on the thread of the call, or on another one. */
  @Override
  public void accept(Identity identity) {
    ServerCall.Listener<Q> listener = begin(identity);
    DelayedListener<Q> waiting = begun(listener);
    if (waiting != null) {
      waiting.begin(listener);
    }
  }

  private ServerCall.Listener<Q> begin(Identity identity) {
    Context before = context.attach();
    try {
      return begin.apply(identity);
    } catch (RuntimeException e) {
      LOG.error("{} cannot begin", call.getMethodDescriptor().getFullMethodName(), e);
      call.close(Status.INTERNAL, new Metadata());
      return new ServerCall.Listener<>() {};
    } finally {
      context.detach(before);
    }
  }

  private synchronized @Nullable DelayedListener<Q> begun(ServerCall.Listener<Q> listener) {
    begun = listener;
    return delayed;
  }

  /** The listener of the call: one that waits unless the token was read by now. */
  synchronized ServerCall.Listener<Q> listener() {
    if (begun != null) {
      return begun;
    }
    delayed = new DelayedListener<>();
    return delayed;
  }
}
