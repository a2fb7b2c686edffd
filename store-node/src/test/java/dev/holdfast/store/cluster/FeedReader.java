package dev.holdfast.store.cluster;

import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Follows a partition on one node, taking as many messages as it asked for. */
final class FeedReader
    implements ClientResponseObserver<SubscribeRequest, SubscribeResponse>, AutoCloseable {
  private final List<SubscribeResponse> received = new CopyOnWriteArrayList<>();
  private final int atFirst;
  private volatile @Nullable Throwable error;
  private @Nullable ClientCallStreamObserver<SubscribeRequest> call;

  private FeedReader(int atFirst) {
    this.atFirst = atFirst;
  }

  /** Takes whatever comes. */
  static FeedReader open(TestNode node, int partition, long from) {
    return open(node, partition, from, Integer.MAX_VALUE);
  }

  static FeedReader open(TestNode node, int partition, long from, int atFirst) {
    FeedReader reader = new FeedReader(atFirst);
    SubscribeRequest request =
        SubscribeRequest.newBuilder().setPartition(partition).setFromSequence(from).build();
    FeedServiceGrpc.newStub(node.channel()).subscribe(request, reader);
    return reader;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SubscribeRequest> opened) {
    call = opened;
    opened.disableAutoRequestWithInitial(atFirst);
  }

  void request(int more) {
    if (call != null) {
      call.request(more);
    }
  }

  @Override
  public void onNext(SubscribeResponse response) {
    received.add(response);
  }

  @Override
  public void onError(Throwable thrown) {
    error = thrown;
  }

  @Override
  public void onCompleted() {
    error = new IllegalStateException("the feed ended");
  }

  /** What it ended with, null while it has not. */
  @Nullable Throwable error() {
    return error;
  }

  List<byte[]> batches() {
    return received.stream()
        .filter(message -> !message.getBatch().isEmpty())
        .map(message -> message.getBatch().toByteArray())
        .toList();
  }

  List<SubscribeResponse> messages() {
    return received;
  }

  @Override
  public void close() {
    if (call != null) {
      call.cancel("the test is over", null);
    }
  }
}
