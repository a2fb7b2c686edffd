package dev.holdfast.store.api.read;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.ReadOptions;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.raft.ReadBarrier;
import dev.holdfast.store.state.fault.StateFault;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a read run once the replicas that it touches are as fresh as it asks for. Confirming one may
 * take seconds, in which the others grow old: so all are looked at again right before the read, and
 * what is too old by then is confirmed anew. The last round confirms all of them, which makes the
 * read a linearizable one, whatever they grow old by.
 */
public final class FreshReads {
  private static final Logger LOG = LoggerFactory.getLogger(FreshReads.class);
  private static final int ROUNDS_MAX = 3;

  private final List<Freshness> replicas;
  private final ReadOptions options;
  private final StreamObserver<?> caller;
  private final Read read;

  private FreshReads(
      List<Freshness> replicas, ReadOptions options, StreamObserver<?> caller, Read read) {
    this.replicas = replicas;
    this.options = options;
    this.caller = caller;
    this.read = read;
  }

  /** The read; it is told how stale, in milliseconds, the replica may be. */
  public interface Read {
    void run(long stalenessMillis);
  }

  /** On a reader thread, or on this one when a stale answer is allowed and at hand. */
  public static void of(
      PartitionReplica replica, ReadOptions options, StreamObserver<?> caller, Read read) {
    ofAll(List.of(replica), options, caller, read);
  }

  /** Runs once every replica is fresh; the staleness told is the largest. */
  public static void ofAll(
      List<PartitionReplica> replicas, ReadOptions options, StreamObserver<?> caller, Read read) {
    run(replicas.stream().map(Freshness::of).toList(), options, caller, read);
  }

  static void run(
      List<Freshness> replicas, ReadOptions options, StreamObserver<?> caller, Read read) {
    new FreshReads(replicas, options, caller, read).go(1);
  }

  private void go(int round) {
    for (Freshness replica : replicas) {
      String fault = replica.fault();
      if (fault != null) {
        refuse("partition " + replica.partition() + " is stopped here: " + fault);
        return;
      }
    }
    List<Freshness> stale =
        options.hasMaxStalenessMillis()
            ? replicas.stream().filter(this::isTooOld).toList()
            : replicas;
    if (stale.isEmpty()) {
      read();
    } else {
      confirm(round < ROUNDS_MAX ? stale : replicas, round);
    }
  }

  private boolean isTooOld(Freshness replica) {
    return millis(replica) > options.getMaxStalenessMillis();
  }

  private static long millis(Freshness replica) {
    return TimeUnit.NANOSECONDS.toMillis(replica.stalenessNanos());
  }

  private void confirm(List<Freshness> stale, int round) {
    Round all = new Round(stale.size(), round);
    stale.forEach(replica -> replica.await(all.of(replica)));
  }

  /** All were confirmed that were too old when it began. */
  private void confirmed(int round) {
    if (options.hasMaxStalenessMillis() && round < ROUNDS_MAX) {
      go(round + 1);
    } else {
      read();
    }
  }

  /** A state that cannot be read is no answer about stock. */
  private void read() {
    try {
      read.run(
          options.hasMaxStalenessMillis()
              ? replicas.stream().mapToLong(FreshReads::millis).max().orElse(0)
              : 0);
    } catch (StateFault e) {
      LOG.error("a read failed", e);
      refuse("this replica cannot read its state: " + e.getMessage());
    }
  }

  private void refuse(String message) {
    caller.onError(Statuses.exception(new Refusal(Reason.NO_LEADER, message)));
  }

  /** Several replicas may fail; the call ends once. */
  private final class Round {
    private final int number;
    private final AtomicInteger missing;
    private final AtomicBoolean failed = new AtomicBoolean();

    Round(int replicas, int number) {
      this.missing = new AtomicInteger(replicas);
      this.number = number;
    }

    ReadBarrier.Waiting of(Freshness replica) {
      return new ReadBarrier.Waiting() {
        @Override
        public void ready() {
          if (missing.decrementAndGet() == 0) {
            confirmed(number);
          }
        }

        @Override
        public void unavailable(String why) {
          if (failed.compareAndSet(false, true)) {
            refuse("partition " + replica.partition() + " cannot confirm a read now: " + why);
          }
        }
      };
    }
  }
}
