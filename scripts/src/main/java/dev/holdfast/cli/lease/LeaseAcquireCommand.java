package dev.holdfast.cli.lease;

import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast lease acquire}. */
@Command(
    name = "acquire",
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
final class LeaseAcquireCommand extends RemoteCommand implements Runnable {
  @Mixin private final AcquireArguments wanted = new AcquireArguments();

  @Override
  public void run() {
    AcquireLeaseResponse response = ask(client -> client.leases().acquire(wanted.request()));
    output.print(LeaseColumns.ALL, List.of(response.getLease()));
  }
}
