package dev.holdfast.cli.drill.workload;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Recorder;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Sends requests of any kind through the client library, recorded. */
public final class RecordedCalls {
  private interface Sender {
    CompletableFuture<? extends Message> send(int client, Message request);
  }

  private final Recorder recorder;
  private final Map<Class<?>, Sender> senders = new HashMap<>();

  public RecordedCalls(Recorder recorder, HoldfastClient client) {
    this.recorder = recorder;
    add(CreateItemRequest.class, client::createItem);
    add(AdjustStockRequest.class, client::adjustStock);
    add(CountStockRequest.class, client::countStock);
    add(ReserveRequest.class, client::reserve);
    add(ConfirmReservationRequest.class, client::confirmReservation);
    add(ReleaseReservationRequest.class, client::releaseReservation);
    add(ExtendReservationRequest.class, client::extendReservation);
    add(ReplaceReservationRequest.class, client::replaceReservation);
    add(SubmitOrderRequest.class, client::submitOrder);
    add(SubmitBatchRequest.class, client::submitBatch);
    add(SetSafetyStockRequest.class, client.terms()::setSafetyStock);
    add(SetItemFrozenRequest.class, client.terms()::setItemFrozen);
    add(DeleteItemRequest.class, client.terms()::deleteItem);
    add(SetStoreFrozenRequest.class, client.terms()::setStoreFrozen);
    add(AcquireLeaseRequest.class, client.leases()::acquire);
    add(RenewLeaseRequest.class, client.leases()::renew);
    add(ReleaseLeaseRequest.class, client.leases()::release);
    add(ShipTransferRequest.class, client.transfers()::ship);
    add(ReceiveTransferRequest.class, client.transfers()::receive);
    add(CancelTransferRequest.class, client.transfers()::cancel);
    add(GetStockRequest.class, client::getStock);
    add(BatchGetStockRequest.class, client::batchGetStock);
    add(GetReservationRequest.class, client::getReservation);
    add(GetLeaseRequest.class, client.leases()::get);
    add(GetTransferRequest.class, client.transfers()::get);
  }

  private <Q extends Message, R extends Message> void add(
      Class<Q> type, Function<Q, CompletableFuture<R>> send) {
    senders.put(type, (client, request) -> recorder.call(client, type.cast(request), send));
  }

  public CompletableFuture<? extends Message> send(int client, Message request) {
    return Objects.requireNonNull(senders.get(request.getClass())).send(client, request);
  }
}
