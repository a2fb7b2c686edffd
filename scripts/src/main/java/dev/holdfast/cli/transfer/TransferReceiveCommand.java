package dev.holdfast.cli.transfer;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.proto.inventory.v1.ReceivedUnits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast transfer receive}. */
@Command(
    name = "receive",
    mixinStandardHelpOptions = true,
    description = "Receives units of a transfer: all outstanding units, or some.",
    footer = {
      "",
      "Examples:",
      "  holdfast transfer receive Oslo t-17",
      "  holdfast transfer receive Oslo t-17 TEA-1=7 --lost TEA-1=1",
    })
final class TransferReceiveCommand implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "FROM", description = "the store that shipped")
  private String store = "";

  @Parameters(index = "1", paramLabel = "ID", description = "the transfer's id")
  private String id = "";

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "SKU=UNITS",
      description = "units that arrived (default: all outstanding units)")
  private List<String> lines = List.of();

  @Option(
      names = "--lost",
      paramLabel = "SKU=UNITS",
      description = "units lost on the way; may be repeated")
  private List<String> lost = List.of();

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  TransferReceiveCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ReceiveTransferRequest request =
        ReceiveTransferRequest.newBuilder()
            .setStore(store)
            .setTransferId(id)
            .addAllLines(received())
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .build();
    try (HoldfastClient client = connection.stores()) {
      ReceiveTransferResponse done = Await.answer(client.transfers().receive(request));
      output.print(TransferRow.COLUMNS, TransferRow.of(done.getTransfer()), session);
    }
  }

  /** One line a SKU, of what arrived and what is lost of it. */
  private List<ReceivedUnits> received() {
    Map<String, ReceivedUnits.Builder> bySku = new LinkedHashMap<>();
    for (String line : lines) {
      Units units = Units.of(line);
      line(bySku, units).setQuantity(units.quantity());
    }
    for (String line : lost) {
      Units units = Units.of(line);
      line(bySku, units).setLost(units.quantity());
    }
    return bySku.values().stream().map(ReceivedUnits.Builder::build).toList();
  }

  private static ReceivedUnits.Builder line(Map<String, ReceivedUnits.Builder> bySku, Units units) {
    return bySku.computeIfAbsent(units.sku(), sku -> ReceivedUnits.newBuilder().setSku(sku));
  }
}
