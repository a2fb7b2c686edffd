package dev.holdfast.cli.lease;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast lease get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = {"Shows the holder of the lease on an item."},
    footer = {
      "",
      "Examples:",
      "  holdfast lease get Oslo TEA-1",
    })
final class LeaseGetCommand implements Runnable {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  LeaseGetCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    GetLeaseRequest request =
        GetLeaseRequest.newBuilder().setStore(item.store()).setSku(item.sku()).build();
    try (HoldfastClient client = connection.stores()) {
      GetLeaseResponse response = Await.answer(client.leases().get(request));
      output.print(LeaseColumns.ALL, List.of(response.getLease()), session);
    }
  }
}
