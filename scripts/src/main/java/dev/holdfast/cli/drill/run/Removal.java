package dev.holdfast.cli.drill.run;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.Pages;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.UnavailableException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.ListReservationsRequest;
import dev.holdfast.proto.inventory.v1.ListReservationsResponse;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.Reservation;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Removes the items of the drill's stores: a store without items is none. Its events stay in the
 * log, and deleted items keep their versions.
 */
final class Removal {
  private final HoldfastClient client;
  private final List<String> remaining = new ArrayList<>();

  /** The cluster does not serve: the rest would only wait as long again, each. */
  private boolean over;

  private Removal(HoldfastClient client) {
    this.client = client;
  }

  /** Removes all stores; tells what remains, and why. */
  static List<String> of(HoldfastClient client, List<String> stores) {
    Removal removal = new Removal(client);
    for (String store : stores) {
      removal.tried(store, () -> removal.close(store));
    }
    // what was cancelled in one store may hold back an item of another one
    for (String store : stores) {
      removal.tried(store, () -> removal.delete(store));
    }
    return removal.remaining;
  }

  private void tried(String what, Runnable step) {
    if (over) {
      return;
    }
    try {
      step.run();
    } catch (HoldfastException e) {
      Reason reason = e.reason();
      over =
          e instanceof UnavailableException
              && (reason == null || !Outcome.TELLING.contains(reason));
      remaining.add(what + (over ? " and the rest: " : ": ") + e.getMessage());
    }
  }

  private void close(String store) {
    Await.answer(
        client
            .terms()
            .setStoreFrozen(
                SetStoreFrozenRequest.newBuilder().setStore(store).setFrozen(false).build()));
    List<CompletableFuture<?>> closing = new ArrayList<>();
    for (Transfer transfer : Settlement.open(client, store)) {
      closing.add(
          client
              .transfers()
              .cancel(
                  CancelTransferRequest.newBuilder()
                      .setStore(store)
                      .setTransferId(transfer.getTransferId())
                      .build()));
    }
    for (Reservation reservation : reservations(store)) {
      closing.add(
          client.releaseReservation(
              ReleaseReservationRequest.newBuilder()
                  .setStore(store)
                  .setReservationId(reservation.getReservationId())
                  .build()));
    }
    closing.forEach(call -> tried(store, () -> done(call)));
  }

  private void delete(String store) {
    for (StockLevel item : stock(store)) {
      tried(store + " " + item.getSku(), () -> delete(item));
    }
  }

  private void delete(StockLevel item) {
    String store = item.getStore();
    String sku = item.getSku();
    if (item.getFrozen()) {
      done(
          client
              .terms()
              .setItemFrozen(
                  SetItemFrozenRequest.newBuilder()
                      .setStore(store)
                      .setSku(sku)
                      .setFrozen(false)
                      .build()));
    }
    if (item.getOnHand() > 0) {
      done(client.countStock(CountStockRequest.newBuilder().setStore(store).setSku(sku).build()));
    }
    done(
        client
            .terms()
            .deleteItem(DeleteItemRequest.newBuilder().setStore(store).setSku(sku).build()));
  }

  private static void done(CompletableFuture<?> call) {
    Await.answer(call);
  }

  private List<Reservation> reservations(String store) {
    ListReservationsRequest request = ListReservationsRequest.newBuilder().setStore(store).build();
    List<Reservation> open = new ArrayList<>();
    Pages.forEach(
        token -> client.listReservations(request.toBuilder().setPageToken(token).build()),
        ListReservationsResponse::getNextPageToken,
        page -> open.addAll(page.getReservationsList()));
    return open;
  }

  private List<StockLevel> stock(String store) {
    ListStockRequest request = ListStockRequest.newBuilder().setStore(store).build();
    List<StockLevel> all = new ArrayList<>();
    Pages.forEach(
        token -> client.listStock(request.toBuilder().setPageToken(token).build()),
        ListStockResponse::getNextPageToken,
        page -> all.addAll(page.getStockList()));
    return all;
  }
}
