package dev.holdfast.common.client;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import dev.holdfast.proto.log.v1.EventBatch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of a partition on any node. When that node fails or falls silent, it continues on
 * another one, and every batch is delivered once. The hash chain shows whether both have the same
 * log.
 */
public final class LogReader implements AutoCloseable {
  private final int partition;
  private final LogListener listener;
  private final ResumedStream<SubscribeRequest, SubscribeResponse> stream;
  private volatile long next;
  private @Nullable ByteString lastHash;

  LogReader(
      int partition,
      long fromSequence,
      LogListener listener,
      Connections connections,
      Duration budget) {
    this.partition = partition;
    this.next = fromSequence;
    this.listener = listener;
    this.stream =
        new ResumedStream<>(
            FeedServiceGrpc.getSubscribeMethod(), new Batches(), connections, budget);
  }

  LogReader start() {
    stream.start();
    return this;
  }

  /** The last event that the listener has handled. */
  public long reached() {
    return next - 1;
  }

  /**
   * Completes when the reader is closed; fails with a HoldfastException when it cannot continue, or
   * with a {@link BrokenLogException}.
   */
  public CompletableFuture<Void> end() {
    return stream.end();
  }

  @Override
  public void close() {
    stream.close();
  }

  private void take(ByteString bytes, ByteString hash) throws InvalidProtocolBufferException {
    byte[] right = Hashing.sha256().hashBytes(bytes.asReadOnlyByteBuffer()).asBytes();
    if (!hash.equals(ByteString.copyFrom(right))) {
      throw broken("a batch differs from its hash");
    }
    EventBatch batch = EventBatch.parseFrom(bytes);
    long after = batch.getFirstSequence() + batch.getEventsCount();
    if (after <= next) {
      return;
    }
    if (batch.getPartition() != partition || isGap(batch)) {
      String what = "a batch of partition %d from %d to %d";
      throw broken(what.formatted(batch.getPartition(), batch.getFirstSequence(), after - 1));
    }
    if (lastHash != null && !lastHash.equals(batch.getPreviousHash())) {
      throw broken("a batch that follows another one than the batch before it");
    }
    listener.batch(batch);
    lastHash = hash;
    next = after;
  }

  /** The first batch contains the first event wanted; each other one begins where one ended. */
  private boolean isGap(EventBatch batch) {
    return lastHash == null ? batch.getFirstSequence() > next : batch.getFirstSequence() != next;
  }

  private BrokenLogException broken(String what) {
    return new BrokenLogException("partition %d at %d: %s".formatted(partition, next, what));
  }

  private final class Batches implements ResumedStream.Reader<SubscribeRequest, SubscribeResponse> {
    @Override
    public SubscribeRequest request() {
      return SubscribeRequest.newBuilder().setPartition(partition).setFromSequence(next).build();
    }

    @Override
    public void take(SubscribeResponse response) {
      if (response.getBatch().isEmpty()) {
        return;
      }
      try {
        LogReader.this.take(response.getBatch(), response.getBatchHash());
      } catch (InvalidProtocolBufferException e) {
        throw broken("a batch that cannot be read: " + e.getMessage());
      }
    }

    @Override
    public void interrupted(HoldfastException why) {
      listener.interrupted(why);
    }
  }
}
