package dev.holdfast.cli.global;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast global get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Reads one SKU: per store, then (without a store) in total.",
    footer = {
      "",
      "Examples:",
      "  holdfast global get TEA-1",
      "  holdfast global get TEA-1 --wait-for 0:1812 -o json",
    })
final class GlobalGetCommand implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "SKU", description = "what is sold")
  private String sku = "";

  @Option(
      names = "--wait-for",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "PARTITION:SEQUENCE,...",
      description = "wait until the view includes these positions, which changes print")
  private List<String> waitFor = List.of();

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  GlobalGetCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    GetGlobalStockRequest request =
        GetGlobalStockRequest.newBuilder()
            .setSku(sku)
            .addAllWaitFor(waitFor.stream().map(Positions::parse).toList())
            .build();
    try (GlobalViewClient client = connection.global()) {
      var response = Await.answer(client.get(request));
      output.print(GlobalRow.COLUMNS, GlobalRow.of(response.getStock()), session);
    }
  }
}
