package dev.holdfast.cli.lease;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast lease renew}. */
@Command(
    name = "renew",
    mixinStandardHelpOptions = true,
    description = {"Renews a lease, counted from now."},
    footer = {
      "",
      "Examples:",
      "  holdfast lease renew Oslo TEA-1 4711",
      "  holdfast lease renew Oslo TEA-1 4711 --ttl 30000",
    })
final class LeaseRenewCommand implements Runnable {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(index = "2", paramLabel = "TOKEN", description = "the token printed by acquire")
  private long token;

  @Option(
      names = "--ttl",
      paramLabel = "MILLIS",
      description = "duration (default: set by the node)")
  private @Nullable Long ttlMillis;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  LeaseRenewCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    RenewLeaseRequest.Builder request =
        RenewLeaseRequest.newBuilder().setStore(item.store()).setSku(item.sku()).setToken(token);
    if (ttlMillis != null) {
      request.setTtlMillis(ttlMillis);
    }
    try (HoldfastClient client = connection.stores()) {
      RenewLeaseResponse response = Await.answer(client.leases().renew(request.build()));
      output.print(LeaseColumns.ALL, List.of(response.getLease()), session);
    }
  }
}
