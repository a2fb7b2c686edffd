package dev.holdfast.cli.lease;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast lease release}. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {"Releases a lease."},
    footer = {
      "",
      "Examples:",
      "  holdfast lease release Oslo TEA-1 4711",
    })
final class LeaseReleaseCommand implements Runnable {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(index = "2", paramLabel = "TOKEN", description = "the token printed by acquire")
  private long token;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  LeaseReleaseCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ReleaseLeaseRequest request =
        ReleaseLeaseRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setToken(token)
            .build();
    try (HoldfastClient client = connection.stores()) {
      ReleaseLeaseResponse response = Await.answer(client.leases().release(request));
      output.print(columns(), List.of(response), session);
    }
  }

  private List<Column<ReleaseLeaseResponse>> columns() {
    return List.of(
        new Column<>("store", response -> item.store()),
        new Column<>("sku", response -> item.sku()),
        new Column<>("partition", response -> response.getPosition().getPartition()),
        new Column<>("sequence", response -> response.getPosition().getSequence()));
  }
}
