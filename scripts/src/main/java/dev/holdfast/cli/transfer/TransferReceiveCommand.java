package dev.holdfast.cli.transfer;

import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.SkuUnits;
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
    description = "Receives units of a transfer: all outstanding units, or some.",
    footer = {
      "",
      "Examples:",
      "  holdfast transfer receive Oslo t-17",
      "  holdfast transfer receive Oslo t-17 TEA-1=7 --lost TEA-1=1",
    })
final class TransferReceiveCommand extends OneTransferCommand {
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
    ReceiveTransferResponse done = ask(client -> client.transfers().receive(request));
    print(done.getTransfer());
  }

  /** One line per SKU, with the units that arrived and the units that are lost. */
  private List<ReceivedUnits> received() {
    Map<String, ReceivedUnits.Builder> bySku = new LinkedHashMap<>();
    for (String line : lines) {
      SkuUnits units = SkuUnits.parse(line);
      line(bySku, units).setQuantity(units.units());
    }
    for (String line : lost) {
      SkuUnits units = SkuUnits.parse(line);
      line(bySku, units).setLost(units.units());
    }
    return bySku.values().stream().map(ReceivedUnits.Builder::build).toList();
  }

  private static ReceivedUnits.Builder line(
      Map<String, ReceivedUnits.Builder> bySku, SkuUnits units) {
    return bySku.computeIfAbsent(units.sku(), sku -> ReceivedUnits.newBuilder().setSku(sku));
  }
}
