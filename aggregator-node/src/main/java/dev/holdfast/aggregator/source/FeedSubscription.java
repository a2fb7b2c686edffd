package dev.holdfast.aggregator.source;

import com.google.common.hash.HashCode;
import dev.holdfast.aggregator.ingest.Delivery;
import dev.holdfast.aggregator.ingest.FeedDefect;
import dev.holdfast.aggregator.ingest.FeedLink;
import dev.holdfast.aggregator.ingest.FeedMessage;
import dev.holdfast.aggregator.ingest.Inbox;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.NeedsNewerBuildException;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One call of the feed: decodes and hashes what comes in, on gRPC's threads, and puts it into the
 * inbox, as far as the feed window allows.
 */
final class FeedSubscription
    implements ClientResponseObserver<SubscribeRequest, SubscribeResponse>, FeedLink {
  private final int partition;
  private final FeedWindow window;
  private final Inbox inbox;
  private final SubscriptionOwner owner;
  private @Nullable ClientCallStreamObserver<SubscribeRequest> call;
  private volatile boolean refused;

  // gRPC delivers one message at a time
  private boolean opened;
  private long receivedSequence;

  FeedSubscription(int partition, FeedWindow window, Inbox inbox, SubscriptionOwner owner) {
    this.partition = partition;
    this.window = window;
    this.inbox = inbox;
    this.owner = owner;
  }

  void start(Channel replica, long fromSequence) {
    receivedSequence = fromSequence - 1;
    FeedServiceGrpc.newStub(replica)
        .subscribe(
            SubscribeRequest.newBuilder()
                .setPartition(partition)
                .setFromSequence(fromSequence)
                .build(),
            this);
    if (call != null) {
      window.open(this, call::request);
    }
  }

  /** Ends the call; nothing is delivered from now on. */
  void cancel(String reason) {
    window.close(this);
    if (call != null) {
      call.cancel(reason, null);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SubscribeRequest> requestStream) {
    call = requestStream;
    requestStream.disableAutoRequestWithInitial(0);
  }

  @Override
  public void onNext(SubscribeResponse response) {
    FailPoint.FEED_RECEIVED.reach();
    FeedMessage message =
        response.getBatch().isEmpty()
            ? new FeedMessage.Heartbeat(response.getHeadSequence())
            : decoded(response);
    if (window.received(this, message.bytes(), isSignOfLife(message))) {
      inbox.put(new Delivery(this, message));
      tellOpened();
    }
  }

  /** A batch is trusted only if it has its hash: by the chain alone, damage shows a batch late. */
  private static FeedMessage decoded(SubscribeResponse response) {
    byte[] bytes = response.getBatch().toByteArray();
    byte[] hash = BatchHash.of(bytes);
    if (!Arrays.equals(hash, response.getBatchHash().toByteArray())) {
      return FeedMessage.Unreadable.corrupt("a batch does not have its hash", bytes.length);
    }
    try {
      EventBatch batch = EventBatchCodec.decodeLeniently(bytes);
      return new FeedMessage.Batch(batch, HashCode.fromBytes(hash), bytes);
    } catch (NeedsNewerBuildException e) {
      return FeedMessage.Unreadable.newer(String.valueOf(e.getMessage()), bytes.length);
    } catch (UnreadableException e) {
      return FeedMessage.Unreadable.corrupt(String.valueOf(e.getMessage()), bytes.length);
    }
  }

  /** A heartbeat that knows of events which were never sent is none. */
  private boolean isSignOfLife(FeedMessage message) {
    if (message instanceof FeedMessage.Batch batch) {
      receivedSequence = batch.batch().lastSequence();
    }
    return !(message instanceof FeedMessage.Heartbeat heartbeat)
        || heartbeat.replicaSequence() <= receivedSequence;
  }

  private void tellOpened() {
    if (!opened) {
      opened = true;
      owner.opened(this);
    }
  }

  @Override
  public void onError(Throwable cause) {
    owner.ended(this, cause);
  }

  @Override
  public void onCompleted() {
    owner.ended(this, null);
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public void consumed(FeedMessage message) {
    window.consumed(message.bytes());
  }

  @Override
  public void refuse(FeedDefect defect) {
    refused = true;
    owner.refused(this, defect);
  }

  @Override
  public boolean isRefused() {
    return refused;
  }
}
