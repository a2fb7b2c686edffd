package dev.holdfast.cli.lease;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.common.client.HeldLease;
import dev.holdfast.common.client.HoldfastClient;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast lease hold}. */
@Command(
    name = "hold",
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
final class LeaseHoldCommand extends CliCommand implements Callable<Integer> {
  private static final int LOST = 1;
  private static final long GRACE_MILLIS = 500;

  @Mixin private final AcquireArguments wanted = new AcquireArguments();

  @Parameters(
      index = "3..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "the command to run")
  private List<String> command = List.of();

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() throws Exception {
    try (HoldfastClient client = connection.stores();
        HeldLease lease = Await.answer(client.leases().hold(wanted.request()))) {
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
      return code == 0 ? LOST : code; // its last steps were done without the lease
    }
    Await.answer(lease.release());
    return code;
  }

  /** Ends COMMAND with all its child processes; by force after a moment. */
  private void end(Process process, Throwable why) {
    err().println("the lease is lost, and COMMAND is ended: " + why.getMessage());
    err().flush();
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    CompletableFuture.delayedExecutor(GRACE_MILLIS, TimeUnit.MILLISECONDS)
        .execute(() -> all.forEach(ProcessHandle::destroyForcibly));
  }
}
