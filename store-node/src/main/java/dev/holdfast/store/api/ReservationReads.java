package dev.holdfast.store.api;

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
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.ReservationScan;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads of reservations, each on this node's own replica. */
final class ReservationReads {
  private final Partitions partitions;
  private final InstantSource clock;

  ReservationReads(Partitions partitions, InstantSource clock) {
    this.partitions = partitions;
    this.clock = clock;
  }

  void get(GetReservationRequest request, StreamObserver<GetReservationResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.reservationId("reservation_id", request.getReservationId());
    if (StockReads.refuse(rules, request.getRead(), caller)) {
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
    // Taken before the read, so that the answer includes at least this.
    long sequence = replica.store().logEnd().sequence();
    Reservation reservation = replica.store().reservation(key);
    if (reservation == null) {
      caller.onError(
          Statuses.exception(Refusal.reservationNotFound(key.store(), key.reservationId())));
      return;
    }
    caller.onNext(
        GetReservationResponse.newBuilder()
            .setReservation(ReservationAnswers.of(key, reservation))
            .setAsOf(Answers.position(replica.partition(), sequence))
            .setStalenessMillis(staleness)
            .build());
    caller.onCompleted();
  }

  void list(ListReservationsRequest request, StreamObserver<ListReservationsResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.optionalId("sku", request.getSku());
    int size = rules.pageSize("page_size", request.getPageSize());
    StockKey behind = behind(request.getPageToken(), rules);
    if (StockReads.refuse(rules, request.getRead(), caller)) {
      return;
    }
    PartitionReplica replica = partitions.of(request.getStore());
    ReservationScan scan = new ReservationScan(replica.store());
    FreshReads.of(
        replica,
        request.getRead(),
        caller,
        staleness -> answer(scan(scan, request, behind, size + 1), size, caller));
  }

  /** A token names the SKU and the id that a page ended with. */
  private static @Nullable StockKey behind(String token, FieldRules rules) {
    StockKey behind = token.isEmpty() ? null : PageToken.parse(token);
    if (behind == null && !token.isEmpty()) {
      rules.violate("page_token", "must be empty or a next_page_token of this call");
    }
    return behind;
  }

  private static List<ReservationScan.Hold> scan(
      ReservationScan scan, ListReservationsRequest request, @Nullable StockKey behind, int limit) {
    String store = request.getStore();
    String behindId = behind == null ? null : behind.sku();
    if (!request.getSku().isEmpty()) {
      return scan.ofItem(new StockKey(store, request.getSku()), behindId, limit);
    }
    StockKey item = behind == null ? null : new StockKey(store, behind.store());
    return scan.ofStore(store, item, behindId, limit);
  }

  private static void answer(
      List<ReservationScan.Hold> holds, int size, StreamObserver<ListReservationsResponse> caller) {
    ListReservationsResponse.Builder response = ListReservationsResponse.newBuilder();
    List<ReservationScan.Hold> page = holds.subList(0, Math.min(size, holds.size()));
    page.forEach(
        hold -> response.addReservations(ReservationAnswers.of(hold.reservation(), hold.open())));
    if (holds.size() > size) {
      ReservationScan.Hold last = page.get(size - 1);
      String id = last.reservation().reservationId();
      response.setNextPageToken(PageToken.of(new StockKey(last.item().sku(), id)));
    }
    caller.onNext(response.build());
    caller.onCompleted();
  }

  void explain(ExplainStockRequest request, StreamObserver<ExplainStockResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.id("store", request.getStore());
    rules.id("sku", request.getSku());
    int size = rules.pageSize("holds_max", request.getHoldsMax());
    if (StockReads.refuse(rules, request.getRead(), caller)) {
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
    var found = new ReservationScan(replica.store()).explain(item, size + 1);
    StockLevel level = found.level();
    if (level == null || level.isDeleted()) {
      caller.onError(Statuses.exception(Refusal.itemNotFound(item.store(), item.sku())));
      return;
    }
    ExplainStockResponse.Builder response =
        ExplainStockResponse.newBuilder()
            .setStock(Answers.level(item, level))
            .setReservable(level.isFrozen() ? 0 : level.reservable())
            .setSafetyStock(level.safetyStock())
            .setFrozen(level.isFrozen())
            .setMoreHolds(found.holds().size() > size)
            .setAsOf(Answers.position(replica.partition(), found.sequence()))
            .setStalenessMillis(staleness);
    found.holds().stream().limit(size).forEach(hold -> response.addHolds(of(hold)));
    Lease lease = replica.store().lease(item);
    if (lease != null && lease.isLive(clock.millis())) {
      response.setLease(TermsAnswers.lease(item, lease));
    }
    caller.onNext(response.build());
    caller.onCompleted();
  }

  private static Hold of(ReservationScan.Hold hold) {
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
