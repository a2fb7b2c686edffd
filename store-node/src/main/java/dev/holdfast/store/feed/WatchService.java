package dev.holdfast.store.feed;

import dev.holdfast.common.access.Caller;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Lets callers watch this node's replicas, leading or not. Watchers have a pump of their own. */
public final class WatchService extends WatchServiceGrpc.WatchServiceImplBase {
  private final Partitions partitions;
  private final FeedPump pump;
  private final WatchedBatches batches = new WatchedBatches();
  private final int watchersMax;
  private final Semaphore room;

  public WatchService(Partitions partitions, FeedPump pump, int watchersMax) {
    this.partitions = partitions;
    this.pump = pump;
    this.watchersMax = watchersMax;
    this.room = new Semaphore(watchersMax);
    partitions.all().forEach(replica -> replica.onApplied(pump::wake));
  }

  /** Watchers that are connected. */
  public int count() {
    return watchersMax - room.availablePermits();
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<WatchMessage> caller) {
    FieldRules rules = new FieldRules();
    WatchFilter filter = WatchFilter.of(request, rules, Caller.current());
    Map<Integer, Long> from = from(request, rules);
    if (!rules.isValid()) {
      caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
      return;
    }
    List<Watcher.Place> places = new ArrayList<>();
    Refusal refusal = find(filter, replica -> next(replica, from, request), places);
    if (refusal == null && !room.tryAcquire()) {
      String full = watchersMax + " watchers are connected to this node; watch another one";
      refusal = new Refusal(Reason.OVERLOADED, full);
    }
    if (refusal != null) {
      caller.onError(Statuses.exception(refusal));
      return;
    }
    var reader = (ServerCallStreamObserver<WatchMessage>) caller;
    reader.setOnReadyHandler(pump::wake);
    reader.setOnCancelHandler(this::left);
    reader.setOnCloseHandler(room::release);
    pump.add(new Watcher(places, filter, batches, reader));
  }

  private void left() {
    room.release();
    pump.wake();
  }

  private Map<Integer, Long> from(WatchRequest request, FieldRules rules) {
    rules.totalUnits("from_millis", request.getFromMillis());
    Map<Integer, Long> from = new HashMap<>();
    for (int i = 0; i < request.getFromCount(); i++) {
      Position position = request.getFrom(i);
      rules.partition("from[" + i + "].partition", position.getPartition(), partitions.count());
      if (position.getSequence() < 0 || position.getSequence() == Long.MAX_VALUE) {
        rules.violate("from[" + i + "].sequence", "must be a sequence, or 0");
      }
      if (from.put(position.getPartition(), position.getSequence()) != null) {
        rules.violate("from[" + i + "].partition", "must not repeat an earlier one");
      }
    }
    return from;
  }

  /** Finds the places to start at; tells why there is none. */
  private @Nullable Refusal find(
      WatchFilter filter, ToLongFunction<PartitionReplica> start, List<Watcher.Place> places) {
    for (PartitionReplica replica : watched(filter)) {
      long next = start.applyAsLong(replica);
      Refusal refusal = LogBounds.refusal(replica, next);
      if (refusal != null) {
        return refusal;
      }
      places.add(new Watcher.Place(replica, next));
    }
    return null;
  }

  /** The first sequence that is wanted of a partition. */
  private static long next(
      PartitionReplica replica, Map<Integer, Long> from, WatchRequest request) {
    Long after = from.get(replica.partition());
    if (after != null) {
      return after + 1;
    }
    return request.getFromMillis() > 0
        ? LogTimes.firstAt(replica, request.getFromMillis())
        : replica.state().logEnd().sequence() + 1;
  }

  private List<PartitionReplica> watched(WatchFilter filter) {
    return filter.stores().isEmpty()
        ? partitions.all()
        : filter.stores().stream().map(partitions::of).distinct().toList();
  }
}
