package dev.holdfast.store.api;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.ReadOptions;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.raft.ReadBarrier;
import dev.holdfast.store.state.StateFault;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a read run once the replicas that it touches are as fresh as it asks for. */
final class FreshReads {
  private static final Logger LOG = LoggerFactory.getLogger(FreshReads.class);

  private FreshReads() {}

  /** The read; it is told how stale, in milliseconds, the replica may be. */
  interface Read {
    void run(long stalenessMillis);
  }

  /** On a reader thread, or on this one when a stale answer is allowed and at hand. */
  static void of(
      PartitionReplica replica, ReadOptions options, StreamObserver<?> caller, Read read) {
    String fault = replica.fault();
    if (fault != null) {
      caller.onError(refused("partition " + replica.partition() + " is stopped here: " + fault));
      return;
    }
    long staleness = TimeUnit.NANOSECONDS.toMillis(replica.barrier().stalenessNanos());
    if (options.hasMaxStalenessMillis() && staleness <= options.getMaxStalenessMillis()) {
      run(read, staleness, caller);
      return;
    }
    replica.barrier().await(new Await(replica.partition(), caller, read));
  }

  /** A state that can not be read is no answer about stock. */
  private static void run(Read read, long staleness, StreamObserver<?> caller) {
    try {
      read.run(staleness);
    } catch (StateFault e) {
      LOG.error("a read failed", e);
      caller.onError(refused("this replica can not read its state: " + e.getMessage()));
    }
  }

  private record Await(int partition, StreamObserver<?> caller, Read read)
      implements ReadBarrier.Waiting {
    @Override
    public void ready() {
      run(read, 0, caller);
    }

    @Override
    public void unavailable(String why) {
      caller.onError(refused("partition " + partition + " can not confirm a read now: " + why));
    }
  }

  /** Runs once every replica is fresh; the staleness told is the largest. */
  static void ofAll(
      List<PartitionReplica> replicas, ReadOptions options, StreamObserver<?> caller, Read read) {
    AtomicInteger missing = new AtomicInteger(replicas.size());
    OnceFailing once = new OnceFailing(caller);
    for (PartitionReplica replica : replicas) {
      of(
          replica,
          options,
          once,
          staleness -> {
            if (missing.decrementAndGet() == 0) {
              read.run(staleness);
            }
          });
    }
  }

  private static Throwable refused(String message) {
    return Statuses.exception(new Refusal(Reason.NO_LEADER, message));
  }

  /** Passes the first error on; several partitions may fail, the call ends once. */
  private static final class OnceFailing implements StreamObserver<Object> {
    private final StreamObserver<?> caller;
    private final AtomicBoolean failed = new AtomicBoolean();

    OnceFailing(StreamObserver<?> caller) {
      this.caller = caller;
    }

    @Override
    public void onNext(Object response) {
      throw new IllegalStateException("only errors come here");
    }

    @Override
    public void onError(Throwable error) {
      if (failed.compareAndSet(false, true)) {
        caller.onError(error);
      }
    }

    @Override
    public void onCompleted() {
      throw new IllegalStateException("only errors come here");
    }
  }
}
