package dev.holdfast.store.cluster;

import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Watches one node, taking as many messages as it asked for. */
final class WatchReader
    implements ClientResponseObserver<WatchRequest, WatchMessage>, AutoCloseable {
  private final List<WatchMessage> received = new CopyOnWriteArrayList<>();
  private final int atFirst;
  private volatile @Nullable Throwable error;
  private @Nullable ClientCallStreamObserver<WatchRequest> call;

  private WatchReader(int atFirst) {
    this.atFirst = atFirst;
  }

  /** Takes whatever comes. */
  static WatchReader open(TestNode node, WatchRequest.Builder request) {
    return open(node, request, Integer.MAX_VALUE);
  }

  static WatchReader open(TestNode node, WatchRequest.Builder request, int atFirst) {
    WatchReader reader = new WatchReader(atFirst);
    WatchServiceGrpc.newStub(node.channel()).watch(request.build(), reader);
    return reader;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchRequest> opened) {
    call = opened;
    opened.disableAutoRequestWithInitial(atFirst);
  }

  void request(int more) {
    if (call != null) {
      call.request(more);
    }
  }

  @Override
  public void onNext(WatchMessage message) {
    received.add(message);
  }

  @Override
  public void onError(Throwable thrown) {
    error = thrown;
  }

  @Override
  public void onCompleted() {
    error = new IllegalStateException("the watch ended");
  }

  /** What it ended with, null while it has not. */
  @Nullable Throwable error() {
    return error;
  }

  List<WatchMessage> messages() {
    return received;
  }

  List<WatchedEvent> events() {
    return received.stream().filter(WatchMessage::hasEvent).map(WatchMessage::getEvent).toList();
  }

  /** What the last heartbeat told, by partition; empty before the first. */
  Map<Integer, Long> reached() {
    List<WatchMessage> beats = received.stream().filter(message -> !message.hasEvent()).toList();
    return beats.isEmpty()
        ? Map.of()
        : beats.get(beats.size() - 1).getPositionsList().stream()
            .collect(Collectors.toMap(Position::getPartition, Position::getSequence));
  }

  @Override
  public void close() {
    if (call != null) {
      call.cancel("the test is over", null);
    }
  }
}
