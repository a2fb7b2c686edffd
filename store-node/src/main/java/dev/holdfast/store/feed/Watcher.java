package dev.holdfast.store.feed;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.read.StateReads;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One watcher: a filter, and the next sequence of each partition. Reads the log when the transport
 * has room, a batch at a time, so a slow watcher costs no memory beyond that.
 */
final class Watcher implements Outlet {
  private static final int BATCHES_PER_TURN_MAX = 16;
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<Place> places;
  private final WatchFilter filter;
  private final WatchedBatches batches;
  private final ServerCallStreamObserver<WatchMessage> reader;
  private long lastBeatNanos;
  private boolean begun;
  private boolean ended;

  /** How far a watcher got in a partition's log. */
  static final class Place {
    private final PartitionReplica replica;
    private final StateReads state;
    private long next;

    Place(PartitionReplica replica, long next) {
      this.replica = replica;
      this.state = replica.state();
      this.next = next;
    }

    private boolean hasMore() {
      return next <= state.logEnd().sequence();
    }

    private Position reached() {
      return Position.newBuilder().setPartition(replica.partition()).setSequence(next - 1).build();
    }
  }

  Watcher(
      List<Place> places,
      WatchFilter filter,
      WatchedBatches batches,
      ServerCallStreamObserver<WatchMessage> reader) {
    this.places = List.copyOf(places);
    this.filter = filter;
    this.batches = batches;
    this.reader = reader;
  }

  @Override
  public boolean isOver() {
    return ended || reader.isCancelled();
  }

  @Override
  public boolean pump() {
    if (isOver() || !reader.isReady()) {
      return false;
    }
    begin();
    boolean more = false;
    try {
      for (Place place : places) {
        more |= !isOver() && send(place);
      }
    } catch (StateFault e) {
      end(new Refusal(Reason.NO_LEADER, "this replica cannot read its log: " + e.getMessage()));
    }
    return more && !isOver();
  }

  /** Whoever watches knows from the first message where to resume. */
  private void begin() {
    if (!begun) {
      begun = true;
      beat();
    }
  }

  /** True when there is more to send at once. */
  private boolean send(Place place) {
    if (!place.hasMore()) {
      return false;
    }
    int[] sent = {0};
    place.state.forEachBatch(
        place.next,
        (first, encoded) -> {
          if (first > place.next) {
            end(LogBounds.truncated(place.replica, first));
            return false;
          }
          if (!reader.isReady() || sent[0] == BATCHES_PER_TURN_MAX) {
            return false;
          }
          send(place, first, encoded);
          sent[0]++;
          return true;
        });
    return reader.isReady() && place.hasMore();
  }

  private void send(Place place, long first, byte[] encoded) {
    List<WatchedEvent> events = batches.of(place.replica.partition(), first, encoded);
    for (WatchedEvent event : events) {
      if (event.getPosition().getSequence() >= place.next && filter.passes(event)) {
        reader.onNext(WatchMessage.newBuilder().setEvent(event).build());
      }
    }
    place.next = Math.max(place.next, first + events.size());
  }

  /**
   * A replica that knows no leader does not know how far the log is either, and stays silent, so
   * that its watcher goes to another one.
   */
  @Override
  public void heartbeat() {
    if (places.stream().anyMatch(place -> place.replica.fault() != null)) {
      close();
    } else if (isDue()
        && places.stream().allMatch(place -> place.replica.raft().leader() != null)) {
      beat();
    }
  }

  private boolean isDue() {
    return begun
        && !isOver()
        && reader.isReady()
        && System.nanoTime() - lastBeatNanos >= HEARTBEAT_NANOS;
  }

  private void beat() {
    WatchMessage.Builder beat = WatchMessage.newBuilder();
    places.forEach(place -> beat.addPositions(place.reached()));
    reader.onNext(beat.build());
    lastBeatNanos = System.nanoTime();
  }

  @Override
  public void failed() {
    end(new Refusal(Reason.NO_LEADER, "this node failed to read its log; watch another one"));
  }

  @Override
  public void close() {
    end(new Refusal(Reason.NO_LEADER, "this node is stopping; watch another one"));
  }

  private void end(Refusal why) {
    if (!isOver()) {
      ended = true;
      reader.onError(Statuses.exception(why));
    }
  }
}
