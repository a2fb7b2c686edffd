package dev.holdfast.cli.lease;

import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast lease get}. */
@Command(
    name = "get",
    description = {"Shows the holder of the lease on an item."},
    footer = {
      "",
      "Examples:",
      "  holdfast lease get Oslo TEA-1",
    })
final class LeaseGetCommand extends RemoteCommand implements Runnable {
  @Mixin private final ItemArguments item = new ItemArguments();

  @Override
  public void run() {
    GetLeaseRequest request =
        GetLeaseRequest.newBuilder().setStore(item.store()).setSku(item.sku()).build();
    GetLeaseResponse response = ask(client -> client.leases().get(request));
    output.print(LeaseColumns.ALL, List.of(response.getLease()));
  }
}
