package dev.holdfast.cli.transfer;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.FencingTokens;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast transfer ship}. */
@Command(
    name = "ship",
    mixinStandardHelpOptions = true,
    description = "Takes units out of a store, on their way to another: all lines or none.",
    footer = {
      "",
      "Examples:",
      "  holdfast transfer ship Oslo Bergen TEA-1=10 CUP-7=4",
      "  holdfast transfer ship Oslo Bergen TEA-1=10 --id t-17 --reference van-3",
    })
final class TransferShipCommand implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "FROM", description = "the store that ships")
  private String store = "";

  @Parameters(index = "1", paramLabel = "TO", description = "the store that will receive")
  private String destination = "";

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "SKU=UNITS",
      description = "what to ship")
  private List<String> lines = List.of();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "the transfer's id (default: the node makes one)")
  private String id = "";

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  TransferShipCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ShipTransferRequest.Builder request =
        ShipTransferRequest.newBuilder()
            .setStore(store)
            .setDestination(destination)
            .setTransferId(id)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens());
    for (String line : lines) {
      Units units = Units.of(line);
      request.addLines(
          TransferUnits.newBuilder().setSku(units.sku()).setQuantity(units.quantity()));
    }
    try (HoldfastClient client = connection.stores()) {
      ShipTransferResponse done = Await.answer(client.transfers().ship(request.build()));
      output.print(TransferRow.COLUMNS, TransferRow.of(done.getTransfer()), session);
    }
  }
}
