package dev.holdfast.common.access;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the events of a call back until it may begin, and passes them on in their order from then
 * on. They are few: a call that has not begun asks for no messages.
 */
final class DelayedListener<Q> extends ServerCall.Listener<Q> {
  private List<Consumer<ServerCall.Listener<Q>>> held = new ArrayList<>(); // guarded by this
  private volatile ServerCall.@Nullable Listener<Q> begun;

  /** Begins, on any thread: tells the listener what was held back, and then all that follows. */
  void begin(ServerCall.Listener<Q> listener) {
    for (List<Consumer<ServerCall.Listener<Q>>> events = next(listener);
        !events.isEmpty();
        events = next(listener)) {
      events.forEach(event -> event.accept(listener));
    }
  }

  /** What was held back; from the moment when that is nothing, nothing more is. */
  private synchronized List<Consumer<ServerCall.Listener<Q>>> next(
      ServerCall.Listener<Q> listener) {
    List<Consumer<ServerCall.Listener<Q>>> events = held;
    held = new ArrayList<>();
    if (events.isEmpty()) {
      begun = listener;
    }
    return events;
  }

  private void tell(Consumer<ServerCall.Listener<Q>> event) {
    ServerCall.Listener<Q> listener = begun;
    if (listener == null) {
      listener = hold(event);
    }
    if (listener != null) {
      event.accept(listener);
    }
  }

  /** The listener if it has begun by now; else the event is held back. */
  private synchronized ServerCall.@Nullable Listener<Q> hold(
      Consumer<ServerCall.Listener<Q>> event) {
    if (begun == null) {
      held.add(event);
    }
    return begun;
  }

  @Override
  public void onMessage(Q message) {
    tell(listener -> listener.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    tell(ServerCall.Listener::onHalfClose);
  }

  @Override
  public void onCancel() {
    tell(ServerCall.Listener::onCancel);
  }

  @Override
  public void onComplete() {
    tell(ServerCall.Listener::onComplete);
  }

  @Override
  public void onReady() {
    tell(ServerCall.Listener::onReady);
  }
}
