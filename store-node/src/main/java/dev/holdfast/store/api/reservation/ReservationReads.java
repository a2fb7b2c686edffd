package dev.holdfast.store.api.reservation;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.ExplainStockRequest;
import dev.holdfast.proto.inventory.v1.ExplainStockResponse;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationResponse;
import dev.holdfast.proto.inventory.v1.Hold;
import dev.holdfast.proto.inventory.v1.ListReservationsRequest;
import dev.holdfast.proto.inventory.v1.ListReservationsResponse;
import dev.holdfast.store.api.call.Positions;
import dev.holdfast.store.api.lease.LeaseAnswers;
import dev.holdfast.store.api.read.FreshReads;
import dev.holdfast.store.api.read.PageToken;
import dev.holdfast.store.api.read.ReadRules;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.read.HeldItem;
import dev.holdfast.store.state.read.Page;
import dev.holdfast.store.state.read.PageBounds;
import dev.holdfast.store.state.read.ReservationScan;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Reads of reservations, each on this node's own replica. */
public final class ReservationReads {
  private final Partitions partitions;

  public ReservationReads(Partitions partitions) {
    this.partitions = partitions;
  }

  public void get(GetReservationRequest request, StreamObserver<GetReservationResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.reservationId("reservation_id", request.getReservationId());
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    ReservationKey key = new ReservationKey(request.getStore(), request.getReservationId());
    PartitionReplica replica = partitions.of(key.store());
    FreshReads.of(
        replica, request.getRead(), caller, staleness -> answer(replica, key, staleness, caller));
  }

  private static void answer(
      PartitionReplica replica,
      ReservationKey key,
      long staleness,
      StreamObserver<GetReservationResponse> caller) {
    ReservationScan.Found found = new ReservationScan(replica.state()).find(key);
    Reservation reservation = found.reservation();
    if (reservation == null) {
      caller.onError(
          Statuses.exception(Refusal.reservationNotFound(key.store(), key.reservationId())));
      return;
    }
    caller.onNext(
        GetReservationResponse.newBuilder()
            .setReservation(ReservationAnswers.of(key, reservation))
            .setAsOf(Positions.of(replica.partition(), found.sequence()))
            .setStalenessMillis(staleness)
            .build());
    caller.onCompleted();
  }

  public void list(
      ListReservationsRequest request, StreamObserver<ListReservationsResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.optionalId("sku", request.getSku());
    int size = rules.pageSize("page_size", request.getPageSize());
    // A token names the SKU and the id that a page ended with.
    StockKey behind = ReadRules.pageToken(rules, request.getPageToken());
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    PartitionReplica replica = partitions.of(request.getStore());
    ReservationScan scan = new ReservationScan(replica.state());
    FreshReads.of(
        replica,
        request.getRead(),
        caller,
        staleness -> answer(page(scan, request, behind, PageBounds.of(size)), caller));
  }

  private static Page<HeldItem> page(
      ReservationScan scan,
      ListReservationsRequest request,
      @Nullable StockKey behind,
      PageBounds bounds) {
    String store = request.getStore();
    if (request.getSku().isEmpty()) {
      return scan.ofStore(store, behind, bounds);
    }
    StockKey item = new StockKey(store, request.getSku());
    return scan.ofItem(item, behind == null ? null : behind.sku(), bounds);
  }

  private static void answer(Page<HeldItem> page, StreamObserver<ListReservationsResponse> caller) {
    ListReservationsResponse.Builder response = ListReservationsResponse.newBuilder();
    page.rows()
        .forEach(
            hold ->
                response.addReservations(ReservationAnswers.of(hold.reservation(), hold.open())));
    caller.onNext(response.setNextPageToken(PageToken.of(page.end())).build());
    caller.onCompleted();
  }

  public void explain(ExplainStockRequest request, StreamObserver<ExplainStockResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.id("sku", request.getSku());
    int size = rules.pageSize("holds_max", request.getHoldsMax());
    if (ReadRules.refuse(rules, request.getRead(), caller)) {
      return;
    }
    StockKey item = new StockKey(request.getStore(), request.getSku());
    PartitionReplica replica = partitions.of(item.store());
    FreshReads.of(
        replica,
        request.getRead(),
        caller,
        staleness -> explain(replica, item, size, staleness, caller));
  }

  private void explain(
      PartitionReplica replica,
      StockKey item,
      int size,
      long staleness,
      StreamObserver<ExplainStockResponse> caller) {
    var found = new ReservationScan(replica.state()).explain(item, PageBounds.of(size));
    StockLevel level = found.level();
    if (level == null || level.isDeleted()) {
      caller.onError(Statuses.exception(Refusal.itemNotFound(item.store(), item.sku())));
      return;
    }
    var stock = LevelAnswer.read(item, level, found.storeFrozen());
    ExplainStockResponse.Builder response =
        ExplainStockResponse.newBuilder()
            .setStock(stock)
            .setReservable(stock.getReservable())
            .setSafetyStock(level.safetyStock())
            .setFrozen(level.isFrozen())
            .setMoreHolds(found.holds().end() != null)
            .setAsOf(Positions.of(replica.partition(), found.sequence()))
            .setStalenessMillis(staleness);
    found.holds().rows().forEach(hold -> response.addHolds(of(hold)));
    Lease lease = found.lease();
    if (lease != null && lease.isLive(replica.clock().millis())) {
      response.setLease(LeaseAnswers.of(item, lease));
    }
    caller.onNext(response.build());
    caller.onCompleted();
  }

  private static Hold of(HeldItem hold) {
    Reservation.Open open = hold.open();
    return Hold.newBuilder()
        .setReservationId(hold.reservation().reservationId())
        .setQuantity(open.held(hold.item().sku()))
        .setHolder(open.purpose().holder())
        .setReference(open.purpose().reference())
        .setCreatedMillis(open.purpose().createdMillis())
        .setExpiresMillis(open.life().expiresMillis())
        .build();
  }
}
