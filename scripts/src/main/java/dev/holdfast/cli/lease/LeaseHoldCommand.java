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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
      "Holds the lease on an item, renewing it while COMMAND runs; then releases it.",
      "COMMAND finds the token in HOLDFAST_TOKEN, and its exit code is passed on. When the lease is lost, COMMAND is ended at once",
      "with all its child processes, and the exit code is not 0."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast lease hold Oslo TEA-1 till-4 -- sleep 1",
      "  holdfast lease hold Oslo TEA-1 till-4 -- sh -c 'holdfast stock adjust Oslo TEA-1 -1 --reason sale --token $HOLDFAST_TOKEN'",
    })
final class LeaseHoldCommand implements Callable<Integer> {
  private static final int LOST = 1;
  private static final long GRACE_MILLIS = 500;

  private final Session session;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(
      index = "2",
      paramLabel = "HOLDER",
      description = "the holder; two callers must not share a name")
  private String holder = "";

  @Parameters(
      index = "3..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "the command to run")
  private List<String> command = List.of();

  @Option(
      names = "--ttl",
      paramLabel = "MILLIS",
      description = "duration (default: set by the node)")
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
    var unused = lease.lost().whenComplete((none, why) -> end(process, why));
    int code = process.waitFor();
    if (lease.lost().isDone()) {
      return code == 0 ? LOST : code; // what it did last, it did without the lease
    }
    Await.answer(lease.release());
    return code;
  }

  /** Whatever it started ends with it; after a moment without being asked. */
  private void end(Process process, Throwable why) {
    session.err().println("the lease is lost, and COMMAND is ended: " + why.getMessage());
    session.err().flush();
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    CompletableFuture.delayedExecutor(GRACE_MILLIS, TimeUnit.MILLISECONDS)
        .execute(() -> all.forEach(ProcessHandle::destroyForcibly));
  }
}
