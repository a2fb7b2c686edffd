package dev.holdfast.cli.transfer;

import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.Transfer;
import picocli.CommandLine.Parameters;

/** A command about one transfer, which it prints. */
abstract class OneTransferCommand extends RemoteCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "FROM", description = "the store that shipped")
  String store = "";

  @Parameters(index = "1", paramLabel = "ID", description = "the transfer's id")
  String id = "";

  final void print(Transfer transfer) {
    output.print(TransferRow.COLUMNS, TransferRow.of(transfer));
  }
}
