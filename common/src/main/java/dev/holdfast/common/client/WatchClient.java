package dev.holdfast.common.client;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches events on any node. When that node fails or falls silent, the watch continues on another
 * one from the positions reached, so every event is reported once and none is left out. Gives up
 * when no node has answered for the budget of its settings.
 */
public final class WatchClient implements AutoCloseable {
  /** Nodes send something every second. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final long SILENCE_CHECK_MILLIS = 500;

  private final WatchRequest request;
  private final WatchListener listener;
  private final Connections connections;
  private final Calls.Patience patience;
  private final Map<Integer, Long> reached = new ConcurrentSkipListMap<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  // guarded by this
  private @Nullable Stream current;
  private @Nullable NodeChannel node;
  private int tries;
  private boolean endAfterEvent;
  private final Set<NodeChannel> truncated = new HashSet<>();
  private long heardNanos = System.nanoTime();

  private WatchClient(ClientSettings settings, WatchRequest request, WatchListener listener) {
    this.request = request;
    this.listener = listener;
    this.connections = Connections.open(settings);
    this.patience = Calls.Patience.of(settings.budget());
    request.getFromList().forEach(this::reached);
  }

  /** Starts to watch. */
  public static WatchClient start(
      ClientSettings settings, WatchRequest request, WatchListener listener) {
    WatchClient client = new WatchClient(settings, request, listener);
    client.open();
    var unused =
        client
            .connections
            .timer()
            .scheduleWithFixedDelay(
                client::checkSilence,
                SILENCE_CHECK_MILLIS,
                SILENCE_CHECK_MILLIS,
                TimeUnit.MILLISECONDS);
    return client;
  }

  /** The positions at which to resume: after every event that the listener has handled. */
  public List<Position> positions() {
    return reached.entrySet().stream()
        .map(
            each ->
                Position.newBuilder()
                    .setPartition(each.getKey())
                    .setSequence(each.getValue())
                    .build())
        .toList();
  }

  /** Completes when the watch is closed; fails with a HoldfastException when it cannot continue. */
  public CompletableFuture<Void> end() {
    return end.copy();
  }

  private synchronized void open() {
    guarded(this::openStream);
  }

  private void openStream() {
    if (!end.isDone()) {
      node = connections.nodes().any(node);
      current = new Stream();
      WatchRequest resumed = request.toBuilder().clearFrom().addAllFrom(positions()).build();
      WatchServiceGrpc.newStub(node.channel()).watch(resumed, current);
    }
  }

  private synchronized void received(Stream from, WatchMessage message) {
    if (from != current || end.isDone()) {
      return;
    }
    tries = 0;
    truncated.clear();
    if (node != null) {
      node.answered();
    }
    guarded(() -> take(message));
    heardNanos = System.nanoTime(); // taken now, since a slow listener is not a silent node
    if (endAfterEvent) {
      end.complete(null);
    }
  }

  private void take(WatchMessage message) {
    if (message.hasEvent() && isNews(message.getEvent().getPosition())) {
      listener.event(message.getEvent());
      reached(message.getEvent().getPosition());
    }
    message.getPositionsList().forEach(this::reached);
  }

  private boolean isNews(Position position) {
    Long before = reached.get(position.getPartition());
    return before == null || before < position.getSequence();
  }

  private void reached(Position position) {
    if (isNews(position)) {
      reached.put(position.getPartition(), position.getSequence());
    }
  }

  /**
   * Ends the watch if a step throws, since the threads of the network and the timer would swallow
   * the exception.
   */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      end.completeExceptionally(e);
    }
  }

  private synchronized void lost(Stream from, Failure failure) {
    if (from != current || end.isDone()) {
      return;
    }
    current = null;
    tries++;
    if (node != null && failure.blamesNode()) {
      node.failed();
    }
    long pause = patience.pauseMillis(tries, failure);
    HoldfastException why = HoldfastException.of(failure);
    if (isFinal(failure) || patience.isOver(heardNanos, pause)) {
      end.completeExceptionally(why);
    } else {
      guarded(() -> goOnLater(why, pause));
    }
  }

  private void goOnLater(HoldfastException why, long pauseMillis) {
    listener.interrupted(why);
    var unused = connections.timer().schedule(this::open, pauseMillis, TimeUnit.MILLISECONDS);
  }

  /** Each node trims its log on its own, so another node may still have the events. */
  private boolean isFinal(Failure failure) {
    Refusal refusal = failure.refusal();
    if (refusal != null && refusal.reason() == Reason.HISTORY_TRUNCATED && node != null) {
      truncated.add(node);
      return truncated.size() == connections.nodes().count();
    }
    return FailureKind.of(failure) == FailureKind.FINAL;
  }

  private synchronized void checkSilence() {
    guarded(this::leaveIfSilent);
  }

  private void leaveIfSilent() {
    Stream silent = current;
    if (silent != null && silent.isSilent(heardNanos)) {
      Status status = Status.DEADLINE_EXCEEDED.withDescription("the node fell silent");
      lost(silent, Failure.of(status.asRuntimeException()));
      silent.cancel();
    }
  }

  /**
   * Ends the watch and its connections. If the listener calls it, the event in progress is
   * completed first.
   */
  @Override
  public void close() {
    if (Thread.holdsLock(this)) {
      endAfterEvent = true;
    } else {
      end.complete(null);
    }
    connections.close();
  }

  /** One call to one node. */
  private final class Stream implements ClientResponseObserver<WatchRequest, WatchMessage> {
    private final long openedNanos = System.nanoTime();
    private @Nullable ClientCallStreamObserver<WatchRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> opened) {
      call = opened;
    }

    boolean isSilent(long lastHeardNanos) {
      long now = System.nanoTime();
      return now - lastHeardNanos > SILENCE_NANOS && now - openedNanos > SILENCE_NANOS;
    }

    void cancel() {
      if (call != null) {
        call.cancel("silent", null);
      }
    }

    @Override
    public void onNext(WatchMessage message) {
      received(this, message);
    }

    @Override
    public void onError(Throwable failure) {
      lost(this, Failure.of(failure));
    }

    @Override
    public void onCompleted() {
      lost(this, Failure.of(Status.UNAVAILABLE.withDescription("it ended").asRuntimeException()));
    }
  }
}
