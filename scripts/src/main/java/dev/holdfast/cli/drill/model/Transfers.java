// Over 250 lines: one concept
package dev.holdfast.cli.drill.model;

import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.proto.inventory.v1.ReceivedUnits;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.Transfer;
import dev.holdfast.proto.inventory.v1.TransferLine;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Transfers: the side of the source, and units that arrive at a destination. */
final class Transfers {
  private final Stocks stocks;
  private final Settings settings;
  private final Table<Id, Transfer> known;
  private final Table<Id, List<Map<String, Long>>> sent;
  private final Table<Id, Integer> settled;

  Transfers(Stocks stocks, Settings settings, Undo undo) {
    this.stocks = stocks;
    this.settings = settings;
    known = new Table<>(undo);
    sent = new Table<>(undo);
    settled = new Table<>(undo);
  }

  /** Whether the destination has items is looked up elsewhere: here it has. */
  ShipTransferResponse ship(ShipTransferRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getTransferId());
    if (known.get(id) != null) {
      throw Refused.transfer("TRANSFER_EXISTS", id);
    }
    for (TransferUnits line : request.getLinesList()) {
      stocks.existing(new Item(id.store(), line.getSku()));
    }
    for (TransferUnits line : request.getLinesList()) {
      Item item = new Item(id.store(), line.getSku());
      Stocks.checkNotFrozen(item, stocks.existing(item));
    }
    for (TransferUnits line : request.getLinesList()) {
      Item item = new Item(id.store(), line.getSku());
      Stock stock = stocks.existing(item);
      if (stock.available() < line.getQuantity()) {
        throw Stocks.insufficient(item, stock, line.getQuantity());
      }
    }
    return shipped(id, request, now);
  }

  private ShipTransferResponse shipped(Id id, ShipTransferRequest request, Moment now)
      throws Refused {
    ShipTransferResponse.Builder answer = ShipTransferResponse.newBuilder();
    Transfer.Builder transfer =
        Transfer.newBuilder()
            .setStore(id.store())
            .setTransferId(id.name())
            .setDestination(request.getDestination())
            .setCreatedMillis(now.millis())
            .setPrincipal(settings.principal())
            .setReference(request.getReference())
            .setVersion(1);
    for (TransferUnits line : request.getLinesList()) {
      long units = line.getQuantity();
      Item item = new Item(id.store(), line.getSku());
      answer.addStock(stocks.put(item, stocks.existing(item).plus(-units, 0, units)));
      transfer.addLines(
          TransferLine.newBuilder().setSku(line.getSku()).setShipped(units).setOutstanding(units));
    }
    known.put(id, transfer.build());
    return answer.setTransfer(transfer).build();
  }

  ReceiveTransferResponse receive(ReceiveTransferRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getTransferId());
    Transfer transfer = open(id);
    List<ReceivedUnits> parts = parts(request, transfer);
    if (parts.isEmpty()) {
      throw nothingOutstanding(id, transfer);
    }
    for (ReceivedUnits part : parts) {
      long outstanding = line(transfer, part.getSku()).getOutstanding();
      if (part.getQuantity() + part.getLost() > outstanding) {
        throw Refused.transfer("NOT_OUTSTANDING", id)
            .with("sku", part.getSku())
            .with("requested", part.getQuantity() + part.getLost())
            .with("available", outstanding);
      }
    }
    Map<String, Long> units = new TreeMap<>();
    Map<String, ReceivedUnits> bySku = new TreeMap<>();
    for (ReceivedUnits part : parts) {
      bySku.put(part.getSku(), part);
      if (part.getQuantity() > 0) {
        units.put(part.getSku(), part.getQuantity());
      }
      if (part.getLost() > 0) {
        Item item = new Item(id.store(), part.getSku());
        stocks.put(item, source(item).plus(0, 0, -part.getLost()));
      }
    }
    known.put(id, changed(transfer, line -> handedOver(line, bySku.get(line.getSku()))));
    if (!units.isEmpty()) {
      List<Map<String, Long>> all = new ArrayList<>(sent(id));
      all.add(units);
      sent.put(id, all);
    }
    return ReceiveTransferResponse.getDefaultInstance();
  }

  private static List<ReceivedUnits> parts(ReceiveTransferRequest request, Transfer transfer) {
    if (request.getLinesCount() > 0) {
      return request.getLinesList();
    }
    List<ReceivedUnits> parts = new ArrayList<>();
    for (TransferLine line : transfer.getLinesList()) {
      if (line.getOutstanding() > 0) {
        parts.add(
            ReceivedUnits.newBuilder()
                .setSku(line.getSku())
                .setQuantity(line.getOutstanding())
                .build());
      }
    }
    return parts;
  }

  private static TransferLine handedOver(TransferLine line, @Nullable ReceivedUnits part) {
    return part == null
        ? line
        : line.toBuilder()
            .setArriving(line.getArriving() + part.getQuantity())
            .setLost(line.getLost() + part.getLost())
            .setOutstanding(line.getOutstanding() - part.getQuantity() - part.getLost())
            .build();
  }

  CancelTransferResponse cancel(CancelTransferRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getTransferId());
    Transfer transfer = open(id);
    if (transfer.getLinesList().stream().allMatch(line -> line.getOutstanding() == 0)) {
      throw nothingOutstanding(id, transfer);
    }
    for (TransferLine line : transfer.getLinesList()) {
      Item item = new Item(id.store(), line.getSku());
      if (line.getOutstanding() > 0 && line.getOutstanding() > Stock.MAX - source(item).onHand()) {
        throw Stocks.pastLimit(item, source(item), line.getOutstanding());
      }
    }
    CancelTransferResponse.Builder answer = CancelTransferResponse.newBuilder();
    for (TransferLine line : transfer.getLinesList()) {
      if (line.getOutstanding() > 0) {
        answer.addStock(arrive(new Item(id.store(), line.getSku()), line.getOutstanding()));
      }
    }
    Transfer after = changed(transfer, Transfers::cancelled);
    known.put(id, after);
    return answer.setTransfer(after).build();
  }

  private static TransferLine cancelled(TransferLine line) {
    return line.toBuilder()
        .setCancelled(line.getCancelled() + line.getOutstanding())
        .setOutstanding(0)
        .build();
  }

  /** The destination answered the oldest hand-over of a transfer; false when there is none. */
  boolean settle(Id id, boolean credited) throws Refused {
    int number = settled.getOrDefault(id, 0);
    if (number == sent(id).size()) {
      return false;
    }
    Map<String, Long> units = sent(id).get(number);
    settled.put(id, number + 1);
    known.put(id, changed(open(id), line -> settled(line, units, credited)));
    return true;
  }

  private static TransferLine settled(
      TransferLine line, Map<String, Long> units, boolean credited) {
    long arrived = units.getOrDefault(line.getSku(), 0L);
    TransferLine.Builder after = line.toBuilder().setArriving(line.getArriving() - arrived);
    return credited
        ? after.setReceived(line.getReceived() + arrived).build()
        : after.setOutstanding(line.getOutstanding() + arrived).build();
  }

  /** Units arrive: the item comes to be when it is not there, or not any more. */
  StockLevel arrive(Item item, long units) {
    Stock stock = stocks.find(item);
    if (stock == null) {
      return stocks.put(item, new Stock(units, 0, 1, -units, 0, Stock.State.ACTIVE));
    }
    Stock after = stock.plus(units, 0, -units);
    return stocks.put(
        item,
        stock.isDeleted()
            ? new Stock(
                units, 0, after.version(), after.netShipped(), stock.safety(), Stock.State.ACTIVE)
            : after);
  }

  @Nullable Transfer find(Id id) {
    return known.get(id);
  }

  /** The hand-overs of a transfer so far: units by SKU. */
  List<Map<String, Long>> sent(Id id) {
    return sent.getOrDefault(id, List.of());
  }

  void addTo(State state) {
    state.add(known.copy());
    state.add(sent.copy());
    state.add(settled.copy());
  }

  private Transfer open(Id id) throws Refused {
    Transfer transfer = known.get(id);
    if (transfer == null) {
      throw Refused.transfer("NOT_FOUND", id);
    }
    if (transfer.getClosed()) {
      throw Refused.transfer("TRANSFER_CLOSED", id);
    }
    return transfer;
  }

  private static Refused nothingOutstanding(Id id, Transfer transfer) {
    TransferLine arriving =
        transfer.getLinesList().stream()
            .filter(line -> line.getArriving() > 0)
            .findFirst()
            .orElseThrow();
    return Refused.transfer("NOT_OUTSTANDING", id)
        .with("sku", arriving.getSku())
        .with("requested", arriving.getArriving())
        .with("available", 0);
  }

  private static TransferLine line(Transfer transfer, String sku) {
    return transfer.getLinesList().stream()
        .filter(line -> line.getSku().equals(sku))
        .findFirst()
        .orElse(TransferLine.getDefaultInstance());
  }

  private static Transfer changed(Transfer transfer, UnaryOperator<TransferLine> change) {
    List<TransferLine> lines = transfer.getLinesList().stream().map(change).toList();
    boolean closed =
        lines.stream().allMatch(line -> line.getOutstanding() + line.getArriving() == 0);
    return transfer.toBuilder()
        .clearLines()
        .addAllLines(lines)
        .setVersion(transfer.getVersion() + 1)
        .setClosed(closed)
        .build();
  }

  /** An item that was shipped once has a record for ever. */
  private Stock source(Item item) throws Refused {
    Stock stock = stocks.find(item);
    if (stock == null) {
      throw Refused.item("NOT_FOUND", item);
    }
    return stock;
  }
}
