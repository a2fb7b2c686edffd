package dev.holdfast.store.simulation;

import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.commit.AppliedView;
import java.util.List;

/** Faults after which a replica must stop rather than go on: the last thing in a history. */
final class Damage {
  private Damage() {}

  static void check(Cluster cluster) {
    AppliedView.LogEnd end = cluster.witness(0).state().logEnd();
    StateDigest right = end.digests().current();
    StateDigest wrong =
        new StateDigest(
            right.low() ^ 1,
            right.high(),
            right.records(),
            right.onHand(),
            right.reserved(),
            right.netShipped());
    List<SimulatedReplica> replicas = cluster.replicas(0);
    replicas.get(0).assertStopsAt(batch(end, end.batchHash(), wrong));
    replicas.get(1).assertStopsAt(batch(end, BatchHash.of(end.batchHash()), right));
    String store = CommandMix.STORES.get(0).get(0);
    replicas.get(2).assertNoSnapshotOfDamage(new StockKey(store, "tea"));
  }

  private static EventBatch batch(AppliedView.LogEnd end, byte[] previous, StateDigest digest) {
    RecordedEvent event =
        new RecordedEvent(new Event.StateDigestRecorded(digest), Origin.SYSTEM, "", "", 0);
    return new EventBatch(
        0, end.sequence() + 1, Integer.MAX_VALUE, end.timeMillis(), previous, List.of(event));
  }
}
