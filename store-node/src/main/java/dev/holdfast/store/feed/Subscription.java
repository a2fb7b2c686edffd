package dev.holdfast.store.feed;

import com.google.protobuf.UnsafeByteOperations;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.read.StateReads;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.TimeUnit;

/**
 * One reader of one partition's log: nothing but the next sequence it wants. Batches are read from
 * the log when the transport has room, so a slow reader costs no memory. Used by the feed's thread.
 */
final class Subscription implements Outlet {
  private static final int BATCHES_PER_TURN_MAX = 64;
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PartitionReplica replica;
  private final StateReads state;
  private final ServerCallStreamObserver<SubscribeResponse> reader;
  private long next;
  private long lastSentNanos = System.nanoTime() - HEARTBEAT_NANOS;
  private boolean ended;

  Subscription(
      PartitionReplica replica, long from, ServerCallStreamObserver<SubscribeResponse> reader) {
    this.replica = replica;
    this.state = replica.state();
    this.reader = reader;
    this.next = from;
  }

  @Override
  public boolean isOver() {
    return ended || reader.isCancelled();
  }

  @Override
  public boolean pump() {
    try {
      return !isOver() && sendSome();
    } catch (StateFault e) {
      end(new Refusal(Reason.NO_LEADER, "this replica cannot read its log: " + e.getMessage()));
      return false;
    }
  }

  private boolean sendSome() {
    int[] sent = {0};
    if (next > head()) {
      return false;
    }
    state.forEachBatch(
        next,
        (first, encoded) -> {
          if (first > next) {
            end(LogBounds.truncated(replica, first));
            return false;
          }
          if (!reader.isReady() || sent[0] == BATCHES_PER_TURN_MAX) {
            return false;
          }
          send(first, encoded);
          sent[0]++;
          return true;
        });
    return !ended && reader.isReady() && next <= head();
  }

  private void send(long first, byte[] encoded) {
    long last = lastSequence(first, encoded);
    if (last >= next) {
      FailPoint.FEED_SEND.reach();
      next = last + 1;
      reader.onNext(
          SubscribeResponse.newBuilder()
              .setBatch(UnsafeByteOperations.unsafeWrap(encoded))
              .setBatchHash(UnsafeByteOperations.unsafeWrap(BatchHash.of(encoded)))
              .setHeadSequence(Math.max(head(), last))
              .build());
      lastSentNanos = System.nanoTime();
    }
  }

  private static long lastSequence(long first, byte[] encoded) {
    try {
      return first + EventBatchCodec.countEvents(encoded) - 1;
    } catch (UnreadableException e) {
      throw StateFault.ofLog(first, e);
    }
  }

  /**
   * Says that all is well when nothing else did for a while. A replica that knows no leader does
   * not know how far the log is either, and stays silent, so that its reader goes to another one.
   */
  @Override
  public void heartbeat() {
    if (replica.fault() != null) {
      close();
    } else if (isDue() && reader.isReady() && replica.raft().leader() != null) {
      reader.onNext(SubscribeResponse.newBuilder().setHeadSequence(head()).build());
      lastSentNanos = System.nanoTime();
    }
  }

  private boolean isDue() {
    return !isOver() && System.nanoTime() - lastSentNanos >= HEARTBEAT_NANOS;
  }

  @Override
  public void failed() {
    end(new Refusal(Reason.NO_LEADER, "this node failed to read its log; follow another one"));
  }

  @Override
  public void close() {
    end(new Refusal(Reason.NO_LEADER, "this node is stopping; follow another one"));
  }

  private void end(Refusal why) {
    if (!isOver()) {
      ended = true;
      reader.onError(Statuses.exception(why));
    }
  }

  private long head() {
    return state.logEnd().sequence();
  }
}
