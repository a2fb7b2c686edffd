package dev.holdfast.common.client;

import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Watches events on any node. When that node fails or falls silent, the watch continues on another
 * one from the positions reached, so every event is reported once and none is left out. Gives up
 * when no node has answered for the budget of its settings.
 */
public final class WatchClient implements AutoCloseable {
  private final WatchRequest request;
  private final WatchListener listener;
  private final Connections connections;
  private final ResumedStream<WatchRequest, WatchMessage> stream;
  private final Map<Integer, Long> reached = new ConcurrentSkipListMap<>();

  private WatchClient(ClientSettings settings, WatchRequest request, WatchListener listener) {
    this.request = request;
    this.listener = listener;
    this.connections = Connections.open(settings);
    this.stream =
        new ResumedStream<>(
            WatchServiceGrpc.getWatchMethod(), new Events(), connections, settings.budget());
    request.getFromList().forEach(this::reached);
  }

  /** Starts to watch. */
  public static WatchClient start(
      ClientSettings settings, WatchRequest request, WatchListener listener) {
    WatchClient client = new WatchClient(settings, request, listener);
    client.stream.start();
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
    return stream.end();
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
   * Ends the watch and its connections. If the listener calls it, the event in progress is
   * completed first.
   */
  @Override
  public void close() {
    stream.close();
    connections.close();
  }

  private final class Events implements ResumedStream.Reader<WatchRequest, WatchMessage> {
    @Override
    public WatchRequest request() {
      return request.toBuilder().clearFrom().addAllFrom(positions()).build();
    }

    @Override
    public void take(WatchMessage message) {
      if (message.hasEvent() && isNews(message.getEvent().getPosition())) {
        listener.event(message.getEvent());
        reached(message.getEvent().getPosition());
      }
      message.getPositionsList().forEach(WatchClient.this::reached);
    }

    @Override
    public void interrupted(HoldfastException why) {
      listener.interrupted(why);
    }
  }
}
