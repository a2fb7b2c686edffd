package dev.holdfast.store.api.lease;

import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseResponse;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import dev.holdfast.store.api.call.Mutations;
import dev.holdfast.store.api.call.Positions;
import dev.holdfast.store.api.read.FreshReads;
import dev.holdfast.store.api.read.ReadRules;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import io.grpc.stub.StreamObserver;
import java.util.Map;

/** Leases on items. Runs on the transport's threads, so nothing here blocks. */
public final class LeaseService extends LeaseServiceGrpc.LeaseServiceImplBase {
  private final Partitions partitions;
  private final Mutations mutations;
  private final LeaseSettings settings;
  private final LeaseKinds kinds;

  public LeaseService(Partitions partitions, Mutations mutations, LeaseSettings settings) {
    this.partitions = partitions;
    this.mutations = mutations;
    this.settings = settings;
    this.kinds = LeaseKinds.of(settings, partitions::logMillis);
  }

  @Override
  public void acquireLease(
      AcquireLeaseRequest request, StreamObserver<AcquireLeaseResponse> caller) {
    if (isEnabled(caller)) {
      mutations.submit(kinds.acquire(), request, caller);
    }
  }

  @Override
  public void renewLease(RenewLeaseRequest request, StreamObserver<RenewLeaseResponse> caller) {
    if (isEnabled(caller)) {
      mutations.submit(kinds.renew(), request, caller);
    }
  }

  @Override
  public void releaseLease(
      ReleaseLeaseRequest request, StreamObserver<ReleaseLeaseResponse> caller) {
    if (isEnabled(caller)) {
      mutations.submit(kinds.release(), request, caller);
    }
  }

  private boolean isEnabled(StreamObserver<?> caller) {
    if (!settings.enabled()) {
      caller.onError(
          Statuses.exception(
              new Refusal(Reason.LOCKS_DISABLED, "leases are switched off: locks.enabled")));
    }
    return settings.enabled();
  }

  @Override
  public void getLease(GetLeaseRequest request, StreamObserver<GetLeaseResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.id("sku", request.getSku());
    if (!isEnabled(caller) || ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    StockKey item = new StockKey(request.getStore(), request.getSku());
    PartitionReplica replica = partitions.of(item.store());
    FreshReads.of(replica, request.getRead(), caller, staleness -> answer(replica, item, caller));
  }

  private void answer(
      PartitionReplica replica, StockKey item, StreamObserver<GetLeaseResponse> caller) {
    long sequence = replica.state().logEnd().sequence();
    Lease lease = replica.state().lease(item);
    if (lease == null || !lease.isLive(replica.clock().millis())) {
      String message =
          "nobody holds a lease on SKU '" + item.sku() + "' in store '" + item.store() + "'";
      Map<String, String> metadata = Map.of(Refusal.STORE, item.store(), Refusal.SKU, item.sku());
      caller.onError(Statuses.exception(new Refusal(Reason.NOT_FOUND, message, metadata)));
      return;
    }
    caller.onNext(
        GetLeaseResponse.newBuilder()
            .setLease(LeaseAnswers.of(item, lease))
            .setAsOf(Positions.of(replica.partition(), sequence))
            .build());
    caller.onCompleted();
  }
}
