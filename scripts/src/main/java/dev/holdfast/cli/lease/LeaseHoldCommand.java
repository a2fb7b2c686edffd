package dev.holdfast.cli.lease;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.ItemArguments;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.HeldLease;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast lease hold}. */
@Command(
    name = "hold",
    mixinStandardHelpOptions = true,
    description = {
      "Holds the lease of an item, renewing it, while COMMAND runs; then gives it back.",
      "COMMAND finds the token in HOLDFAST_TOKEN. Its exit code is this one's; when the lease is lost, it is ended."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast lease hold Oslo TEA-1 till-4 -- sleep 1",
      "  holdfast lease hold Oslo TEA-1 till-4 -- sh -c 'holdfast stock adjust Oslo TEA-1 -1 --reason sale --token $HOLDFAST_TOKEN'",
    })
final class LeaseHoldCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(
      index = "2",
      paramLabel = "HOLDER",
      description = "who will hold it; no two may share one")
  private String holder = "";

  @Parameters(index = "3..*", arity = "1..*", paramLabel = "COMMAND", description = "what to run")
  private List<String> command = List.of();

  @Option(names = "--ttl", paramLabel = "MILLIS", description = "how long (default: the node's)")
  private @Nullable Long ttlMillis;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  LeaseHoldCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    AcquireLeaseRequest.Builder request =
        AcquireLeaseRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setHolder(holder);
    if (ttlMillis != null) {
      request.setTtlMillis(ttlMillis);
    }
    try (HoldfastClient client = connection.stores();
        HeldLease lease = Await.answer(client.leases().hold(request.build()))) {
      return run(lease);
    }
  }

  private int run(HeldLease lease) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("HOLDFAST_TOKEN", Long.toString(lease.token()));
    Process process = builder.start();
    var unused =
        lease
            .lost()
            .whenComplete(
                (none, why) -> {
                  session.err().println("the lease is lost: " + why.getMessage());
                  process.destroy();
                });
    int code = process.waitFor();
    if (!lease.lost().isDone()) {
      Await.answer(lease.release());
    }
    return code;
  }
}
