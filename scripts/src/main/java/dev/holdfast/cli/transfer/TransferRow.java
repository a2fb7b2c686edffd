package dev.holdfast.cli.transfer;

import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.inventory.v1.Transfer;
import dev.holdfast.proto.inventory.v1.TransferLine;
import java.util.List;

/** One SKU of a transfer. Scripts rely on the names of the columns and their order. */
record TransferRow(Transfer transfer, TransferLine line) {
  static final List<Column<TransferRow>> COLUMNS =
      List.of(
          new Column<>("transfer_id", row -> row.transfer.getTransferId()),
          new Column<>("from", row -> row.transfer.getStore()),
          new Column<>("to", row -> row.transfer.getDestination()),
          new Column<>("state", row -> row.transfer.getClosed() ? "closed" : "open"),
          new Column<>("sku", row -> row.line.getSku()),
          new Column<>("shipped", row -> row.line.getShipped()),
          new Column<>("received", row -> row.line.getReceived()),
          new Column<>("lost", row -> row.line.getLost()),
          new Column<>("cancelled", row -> row.line.getCancelled()),
          new Column<>("arriving", row -> row.line.getArriving()),
          new Column<>("outstanding", row -> row.line.getOutstanding()),
          new Column<>("shipped_at", row -> Moments.text(row.transfer.getCreatedMillis())),
          new Column<>("reference", row -> row.transfer.getReference()),
          new Column<>("version", row -> row.transfer.getVersion()));

  static List<TransferRow> of(Transfer transfer) {
    return transfer.getLinesList().stream().map(line -> new TransferRow(transfer, line)).toList();
  }
}
