package dev.holdfast.cli.drill.model;

import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseResponse;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.Lease;
import dev.holdfast.proto.inventory.v1.Transfer;

/** Reads of one partition. */
record Reads(
    Stocks stocks,
    Reservations reservations,
    Leases leases,
    Transfers transfers,
    Settings settings) {

  GetStockResponse stock(GetStockRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Stock stock = stocks.existing(item);
    return GetStockResponse.newBuilder()
        .setStock(stock.read(item, stocks.isStoreFrozen(item.store())))
        .build();
  }

  BatchGetStockResponse stocks(BatchGetStockRequest request, Moment now) {
    BatchGetStockResponse.Builder answer = BatchGetStockResponse.newBuilder();
    for (ItemKey key : request.getItemsList()) {
      Item item = new Item(key.getStore(), key.getSku());
      Stock stock = stocks.find(item);
      if (stock == null || stock.isDeleted()) {
        answer.addMissing(key);
      } else {
        answer.addStock(stock.read(item, stocks.isStoreFrozen(item.store())));
      }
    }
    return answer.build();
  }

  GetReservationResponse reservation(GetReservationRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getReservationId());
    Held held = reservations.find(id);
    if (held == null) {
      throw Refused.reservation("NOT_FOUND", id);
    }
    return GetReservationResponse.newBuilder()
        .setReservation(held.told(id, settings.principal()))
        .build();
  }

  GetLeaseResponse lease(GetLeaseRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Lease lease = leases.live(item, now);
    if (lease == null) {
      throw Refused.item("NOT_FOUND", item);
    }
    return GetLeaseResponse.newBuilder().setLease(lease).build();
  }

  GetTransferResponse transfer(GetTransferRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getTransferId());
    Transfer transfer = transfers.find(id);
    if (transfer == null) {
      throw Refused.transfer("NOT_FOUND", id);
    }
    return GetTransferResponse.newBuilder().setTransfer(transfer).build();
  }
}
