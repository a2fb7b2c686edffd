package dev.holdfast.store.transfers;

import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.state.TransferState;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the hand-overs of all partitions that this node leads, on one thread: when one came or was
 * answered, and, for what failed before, by a timer.
 */
public final class Handovers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Handovers.class);
  private static final long STOP_SECONDS_MAX = 10;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "transfers"));
  private final List<Part> parts = new ArrayList<>();

  public Handovers(Partitions partitions, CreditSender sender) {
    for (PartitionReplica replica : partitions.all()) {
      Part part = new Part(replica, partitions.count(), sender);
      parts.add(part);
      replica.onApplied(part::applied);
    }
  }

  /** Tries again what failed, and ends waits that are too long. Run by a timer. */
  public void run() {
    parts.forEach(Part::goOn);
  }

  /**
   * Runs something, on the thread of hand-overs, when a hand-over is settled or the time is over.
   */
  public void await(int partition, int destination, long number, long waitNanos, Runnable go) {
    Part part = parts.get(partition);
    part.arrivals.await(destination, number, waitNanos, go);
    part.goOn();
  }

  /** One partition. */
  private final class Part implements DrivenPartition {
    private final PartitionReplica replica;
    private final List<ChannelDriver> channels = new ArrayList<>();
    private final Arrivals arrivals;
    private final AtomicBoolean asked = new AtomicBoolean();
    private long changesSeen;

    Part(PartitionReplica replica, int partitions, CreditSender sender) {
      this.replica = replica;
      this.arrivals = new Arrivals(transfers(), System::nanoTime);
      for (int destination = 0; destination < partitions; destination++) {
        channels.add(new ChannelDriver(this, destination, sender, this::goOn));
      }
    }

    /** On the applying thread: a look at a number, when no transfers are about. */
    void applied() {
      long changes = replica.state().channelChanges();
      if (changes != changesSeen) {
        changesSeen = changes;
        goOn();
      }
    }

    void goOn() {
      if (asked.compareAndSet(false, true)) {
        try {
          thread.execute(this::look);
        } catch (RejectedExecutionException closed) {
          LOG.debug("hand-overs of partition {} are left to its next leader", partition());
        }
      }
    }

    private void look() {
      asked.set(false);
      try {
        arrivals.check();
        channels.forEach(ChannelDriver::next);
      } catch (RuntimeException e) {
        LOG.error("driving the hand-overs of partition {} failed", partition(), e);
      }
    }

    @Override
    public int partition() {
      return replica.partition();
    }

    @Override
    public boolean isLeading() {
      return replica.isLeading();
    }

    @Override
    public TransferState transfers() {
      return replica.state().transfers();
    }

    @Override
    public void submit(List<QueuedCommand> commands) {
      replica.submit(commands);
    }
  }

  /** To be called before the partitions are closed. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.warn("hand-overs did not stop in {} s", STOP_SECONDS_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
