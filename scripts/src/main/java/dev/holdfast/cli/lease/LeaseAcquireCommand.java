package dev.holdfast.cli.lease;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast lease acquire}. */
@Command(
    name = "acquire",
    mixinStandardHelpOptions = true,
    description = {
      "Acquires the lease on an item; waits a while when another caller holds it.",
      "From then on, changes of the item need its token: --token."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast lease acquire Oslo TEA-1 till-4",
      "  holdfast lease acquire Oslo TEA-1 till-4 --ttl 30000 -o json",
    })
final class LeaseAcquireCommand implements Runnable {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(
      index = "2",
      paramLabel = "HOLDER",
      description = "the holder; two callers must not share a name")
  private String holder = "";

  @Option(
      names = "--ttl",
      paramLabel = "MILLIS",
      description = "duration (default: set by the node)")
  private @Nullable Long ttlMillis;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  LeaseAcquireCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    AcquireLeaseRequest.Builder request =
        AcquireLeaseRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setHolder(holder);
    if (ttlMillis != null) {
      request.setTtlMillis(ttlMillis);
    }
    try (HoldfastClient client = connection.stores()) {
      AcquireLeaseResponse response = Await.answer(client.leases().acquire(request.build()));
      output.print(LeaseColumns.ALL, List.of(response.getLease()), session);
    }
  }
}
