package dev.holdfast.store.cluster;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.HeldQuantity;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc.LeaseServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceivedUnits;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveMode;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc.TermsServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc.TransferServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The mutations that a stored directory holds, at least one of each kind and outcome. Each has an
 * idempotency key, so that whoever opens the directory can ask for its outcome again. The stored
 * answers belong to these requests: add new ones, but never change one.
 */
final class StoredCommands {
  static final String PARIS = "paris";
  static final String OSLO = "oslo";
  static final String BERN = "bern";
  private static final long QUANTITY_MAX = 1_000_000_000_000L;

  private final Map<String, Function<Caller, Message>> calls = new LinkedHashMap<>();

  /** All calls by idempotency key, in the order of their first execution. */
  static Map<String, Function<Caller, Message>> all() {
    StoredCommands commands = new StoredCommands();
    commands.items();
    commands.reservations();
    commands.terms();
    commands.ordersAndBatches();
    commands.leases();
    commands.transfers();
    return commands.calls;
  }

  private void items() {
    create(PARIS, "tea", 40);
    create(PARIS, "cup", 10);
    create(PARIS, "jam", 3);
    create(PARIS, "old", 0);
    create(PARIS, "tea", 1); // ITEM_EXISTS
    create(OSLO, "tea", 5);
    create(OSLO, "full", QUANTITY_MAX);
    create(BERN, "tea", 7);
    create(BERN, "full", 4);
    adjust(adjustment(PARIS, "tea", 5, AdjustmentReason.ADJUSTMENT_REASON_RECEIVE));
    adjust(adjustment(PARIS, "tea", -2, AdjustmentReason.ADJUSTMENT_REASON_SALE).setReference("x"));
    adjust(
        adjustment(PARIS, "jam", -5, AdjustmentReason.ADJUSTMENT_REASON_SALE)
            .setRecordShortfall(true));
    adjust(adjustment(PARIS, "cup", -99, AdjustmentReason.ADJUSTMENT_REASON_SALE)); // rejected
    adjust(
        adjustment(PARIS, "cup", 1, AdjustmentReason.ADJUSTMENT_REASON_FOUND)
            .setExpectedVersion(9)); // VERSION_CONFLICT
    adjust(adjustment(OSLO, "none", 1, AdjustmentReason.ADJUSTMENT_REASON_FOUND)); // NOT_FOUND
    inventory(
        "count",
        (in, key) ->
            in.countStock(
                CountStockRequest.newBuilder()
                    .setStore(PARIS)
                    .setSku("jam")
                    .setCounted(6)
                    .setIdempotencyKey(key)
                    .build()));
  }

  private void create(String store, String sku, long quantity) {
    inventory(
        "create",
        (in, key) ->
            in.createItem(
                CreateItemRequest.newBuilder()
                    .setStore(store)
                    .setSku(sku)
                    .setInitialQuantity(quantity)
                    .setIdempotencyKey(key)
                    .build()));
  }

  private static AdjustStockRequest.Builder adjustment(
      String store, String sku, long delta, AdjustmentReason reason) {
    return AdjustStockRequest.newBuilder()
        .setStore(store)
        .setSku(sku)
        .setDelta(delta)
        .setReason(reason);
  }

  private void adjust(AdjustStockRequest.Builder request) {
    inventory("adjust", (in, key) -> in.adjustStock(request.setIdempotencyKey(key).build()));
  }

  private void reservations() {
    reserve(
        reservation("r-open", line("tea", 3), line("cup", 1)).setHolder("Ann").setReference("o"));
    reserve(reservation("r-sold", line("tea", 4)));
    reserve(reservation("r-given-back", line("tea", 2)));
    reserve(reservation("r-up-to", line("jam", 99)).setMode(ReserveMode.RESERVE_MODE_UP_TO));
    reserve(reservation("r-short", line("cup", 99))); // INSUFFICIENT_STOCK
    reserve(reservation("r-late", line("cup", 1)).setTtlMillis(1));
    inventory(
        "confirm",
        (in, key) ->
            in.confirmReservation(
                ConfirmReservationRequest.newBuilder()
                    .setStore(PARIS)
                    .setReservationId("r-sold")
                    .addLines(held("tea", 1))
                    .setKeepRest(true)
                    .setIdempotencyKey(key)
                    .build()));
    inventory(
        "confirm-rest",
        (in, key) ->
            in.confirmReservation(
                ConfirmReservationRequest.newBuilder()
                    .setStore(PARIS)
                    .setReservationId("r-sold")
                    .setIdempotencyKey(key)
                    .build()));
    inventory(
        "release",
        (in, key) ->
            in.releaseReservation(
                ReleaseReservationRequest.newBuilder()
                    .setStore(PARIS)
                    .setReservationId("r-given-back")
                    .setIdempotencyKey(key)
                    .build()));
    inventory(
        "extend",
        (in, key) ->
            in.extendReservation(
                ExtendReservationRequest.newBuilder()
                    .setStore(PARIS)
                    .setReservationId("r-up-to")
                    .setTtlMillis(86_400_000)
                    .setIdempotencyKey(key)
                    .build()));
    inventory(
        "replace",
        (in, key) ->
            in.replaceReservation(
                ReplaceReservationRequest.newBuilder()
                    .setStore(PARIS)
                    .setReservationId("r-up-to")
                    .addLines(line("jam", 1))
                    .addLines(line("tea", 2))
                    .setIdempotencyKey(key)
                    .build()));
  }

  private static ReserveRequest.Builder reservation(String id, ReservationLine... lines) {
    ReserveRequest.Builder request =
        ReserveRequest.newBuilder().setStore(PARIS).setReservationId(id);
    for (ReservationLine line : lines) {
      request.addLines(line);
    }
    return request;
  }

  private static ReservationLine line(String sku, long quantity) {
    return ReservationLine.newBuilder().setSku(sku).setQuantity(quantity).build();
  }

  private static HeldQuantity held(String sku, long quantity) {
    return HeldQuantity.newBuilder().setSku(sku).setQuantity(quantity).build();
  }

  private void reserve(ReserveRequest.Builder request) {
    inventory("reserve", (in, key) -> in.reserve(request.setIdempotencyKey(key).build()));
  }

  private void terms() {
    terms(
        "safety",
        (terms, key) ->
            terms.setSafetyStock(
                SetSafetyStockRequest.newBuilder()
                    .setStore(PARIS)
                    .setSku("tea")
                    .setQuantity(2)
                    .setIdempotencyKey(key)
                    .build()));
    terms(
        "freeze",
        (terms, key) ->
            terms.setItemFrozen(
                SetItemFrozenRequest.newBuilder()
                    .setStore(PARIS)
                    .setSku("cup")
                    .setFrozen(true)
                    .setIdempotencyKey(key)
                    .build()));
    adjust(adjustment(PARIS, "cup", 1, AdjustmentReason.ADJUSTMENT_REASON_FOUND)); // ITEM_FROZEN
    terms(
        "delete",
        (terms, key) ->
            terms.deleteItem(
                DeleteItemRequest.newBuilder()
                    .setStore(PARIS)
                    .setSku("old")
                    .setIdempotencyKey(key)
                    .build()));
  }

  private void ordersAndBatches() {
    OrderOperation.Builder sale =
        OrderOperation.newBuilder()
            .setAdjustStock(
                AdjustStockRequest.newBuilder()
                    .setSku("jam")
                    .setDelta(-1)
                    .setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE));
    OrderOperation.Builder hold =
        OrderOperation.newBuilder()
            .setReserve(
                ReserveRequest.newBuilder().setReservationId("r-order").addLines(line("tea", 1)));
    add(
        "order",
        (caller, key) ->
            caller
                .stub(OrderServiceGrpc::newBlockingStub)
                .submitOrder(
                    SubmitOrderRequest.newBuilder()
                        .setStore(PARIS)
                        .addOperations(sale)
                        .addOperations(hold)
                        .setIdempotencyKey(key)
                        .build()));
    inventory(
        "batch",
        (in, key) ->
            in.submitBatch(
                SubmitBatchRequest.newBuilder()
                    .addCommands(batched(key + "-1", 1))
                    .addCommands(batched(key + "-2", -99))
                    .build()));
  }

  private static Command batched(String key, long delta) {
    return Command.newBuilder()
        .setAdjustStock(
            adjustment(OSLO, "tea", delta, AdjustmentReason.ADJUSTMENT_REASON_RECOUNT)
                .setIdempotencyKey(key))
        .build();
  }

  /** The second lease is held for an hour, by the directory's own time. */
  private void leases() {
    String first = acquire("till 1");
    leases(
        "renew",
        (leases, key) ->
            leases.renewLease(
                RenewLeaseRequest.newBuilder()
                    .setStore(BERN)
                    .setSku("tea")
                    .setToken(token(leases, first))
                    .setTtlMillis(3_000_000)
                    .setIdempotencyKey(key)
                    .build()));
    add(
        "adjust-leased",
        (caller, key) ->
            caller
                .inventory()
                .adjustStock(
                    adjustment(BERN, "tea", 1, AdjustmentReason.ADJUSTMENT_REASON_FOUND)
                        .addFencingTokens(
                            token(caller.stub(LeaseServiceGrpc::newBlockingStub), first))
                        .setIdempotencyKey(key)
                        .build()));
    leases(
        "release-lease",
        (leases, key) ->
            leases.releaseLease(
                ReleaseLeaseRequest.newBuilder()
                    .setStore(BERN)
                    .setSku("tea")
                    .setToken(token(leases, first))
                    .setIdempotencyKey(key)
                    .build()));
    acquire("till 2");
  }

  /** The token that the first acquisition got, asked for again by its idempotency key. */
  private static long token(LeaseServiceBlockingStub leases, String key) {
    return leases.acquireLease(acquisition("till 1", key)).getLease().getToken();
  }

  private String acquire(String holder) {
    return leases("acquire", (leases, key) -> leases.acquireLease(acquisition(holder, key)));
  }

  private static AcquireLeaseRequest acquisition(String holder, String key) {
    return AcquireLeaseRequest.newBuilder()
        .setStore(BERN)
        .setSku("tea")
        .setHolder(holder)
        .setTtlMillis(3_600_000)
        .setIdempotencyKey(key)
        .build();
  }

  private void transfers() {
    ship("t-parts", PARIS, OSLO, "tea", 6);
    receive("t-parts", PARIS, ReceivedUnits.newBuilder().setSku("tea").setQuantity(2).setLost(1));
    cancel("t-parts", PARIS);
    ship("t-open", PARIS, BERN, "tea", 2);
    ship("t-short", PARIS, OSLO, "tea", 999); // INSUFFICIENT_STOCK
    ship("t-refused", BERN, OSLO, "full", 2);
    ship("t-near", OSLO, BERN, "tea", 1);
    receive("t-near", OSLO);
    receive("t-refused", BERN); // past the destination's limit: its credit is refused
    terms(
        "freeze-store",
        (terms, key) ->
            terms.setStoreFrozen(
                SetStoreFrozenRequest.newBuilder()
                    .setStore(BERN)
                    .setFrozen(true)
                    .setIdempotencyKey(key)
                    .build()));
  }

  private void ship(String id, String from, String to, String sku, long quantity) {
    ShipTransferRequest.Builder request =
        ShipTransferRequest.newBuilder()
            .setStore(from)
            .setDestination(to)
            .setTransferId(id)
            .addLines(TransferUnits.newBuilder().setSku(sku).setQuantity(quantity));
    transfers(
        "ship", (transfers, key) -> transfers.shipTransfer(request.setIdempotencyKey(key).build()));
  }

  private void receive(String id, String from, ReceivedUnits.Builder... lines) {
    ReceiveTransferRequest.Builder request =
        ReceiveTransferRequest.newBuilder().setStore(from).setTransferId(id);
    for (ReceivedUnits.Builder line : lines) {
      request.addLines(line);
    }
    transfers(
        "receive",
        (transfers, key) -> transfers.receiveTransfer(request.setIdempotencyKey(key).build()));
  }

  private void cancel(String id, String from) {
    transfers(
        "cancel",
        (transfers, key) ->
            transfers.cancelTransfer(
                CancelTransferRequest.newBuilder()
                    .setStore(from)
                    .setTransferId(id)
                    .setIdempotencyKey(key)
                    .build()));
  }

  /** A call of a service with the idempotency key that it is given. */
  private interface Call<S> {
    Message on(S service, String key);
  }

  private void inventory(String name, Call<InventoryServiceBlockingStub> call) {
    add(name, (caller, key) -> call.on(caller.inventory(), key));
  }

  private void terms(String name, Call<TermsServiceBlockingStub> call) {
    add(name, (caller, key) -> call.on(caller.stub(TermsServiceGrpc::newBlockingStub), key));
  }

  private String leases(String name, Call<LeaseServiceBlockingStub> call) {
    return add(name, (caller, key) -> call.on(caller.stub(LeaseServiceGrpc::newBlockingStub), key));
  }

  private void transfers(String name, Call<TransferServiceBlockingStub> call) {
    add(name, (caller, key) -> call.on(caller.stub(TransferServiceGrpc::newBlockingStub), key));
  }

  private String add(String name, Call<Caller> call) {
    String key = "%02d-%s".formatted(calls.size() + 1, name);
    calls.put(key, caller -> call.on(caller, key));
    return key;
  }
}
