package dev.holdfast.cli.lease;

import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast lease renew}. */
@Command(
    name = "renew",
    description = {"Renews a lease, counted from now."},
    footer = {
      "",
      "Examples:",
      "  holdfast lease renew Oslo TEA-1 4711",
      "  holdfast lease renew Oslo TEA-1 4711 --ttl 30000",
    })
final class LeaseRenewCommand extends RemoteCommand implements Runnable {
  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(index = "2", paramLabel = "TOKEN", description = "the token printed by acquire")
  private long token;

  @Mixin private final LeaseTtl ttl = new LeaseTtl();

  @Override
  public void run() {
    RenewLeaseRequest.Builder request =
        RenewLeaseRequest.newBuilder().setStore(item.store()).setSku(item.sku()).setToken(token);
    ttl.ifGiven(request::setTtlMillis);
    RenewLeaseResponse response = ask(client -> client.leases().renew(request.build()));
    output.print(LeaseColumns.ALL, List.of(response.getLease()));
  }
}
