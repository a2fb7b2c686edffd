package dev.holdfast.cli.cluster;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast cluster status}. */
@Command(
    name = "status",
    description = {
      "Shows every replica of every partition: its role and progress. For its node: the seconds by"
          + " which the clock is",
      "ahead of the majority's (empty while unknown), and whether the data disk is nearly full.",
      "Exit code 0 when all nodes answer and every partition has a leader, otherwise 1."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast cluster status",
      "  holdfast cluster status --wait 60 --with-aggregator",
      "  holdfast cluster status --endpoint 127.0.0.1:17101 -o json",
    })
final class ClusterStatusCommand extends RemoteCommand implements Callable<Integer> {
  private static final Duration ASK_AGAIN = Duration.ofMillis(200);
  private static final Duration ONE_LOOK = Duration.ofSeconds(2);

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "wait this long for all nodes and leaders (or for --nodes)")
  private int waitSeconds;

  @Option(
      names = "--nodes",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "NODE,...",
      description = "with --wait: only until these nodes answer")
  private List<String> nodes = List.of();

  @Option(
      names = "--with-aggregator",
      description = "with --wait: also until the aggregator answers")
  private boolean withAggregator;

  @Option(names = "--quiet", description = "print nothing; the exit code tells")
  private boolean quiet;

  @Override
  public Integer call() {
    UsageException.requireNotNegative("--wait", waitSeconds);
    ClientSettings settings = connection.settings();
    if (waitSeconds > 0) {
      settings = settings.withBudget(ONE_LOOK).withCallTimeout(ONE_LOOK);
    }
    try (HoldfastClient client = HoldfastClient.connect(settings)) {
      boolean good = waitSeconds > 0 ? isGoodInTime(client) : isGood(ClusterView.ask(client));
      if (!quiet) {
        ClusterView view = ClusterView.ask(client);
        output.print(ReplicaRow.COLUMNS, view.rows());
        view.outage().ifPresent(err()::println);
      }
      return good ? 0 : 1;
    }
  }

  private boolean isGood(ClusterView view) {
    return nodes.isEmpty() ? view.isWhole() : nodes.stream().allMatch(view::answers);
  }

  private boolean isGoodInTime(HoldfastClient client) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
    try (GlobalViewClient aggregator = connection.global()) {
      while (System.nanoTime() - end < 0) {
        if (isGoodNow(client) && (!withAggregator || answers(aggregator))) {
          return true;
        }
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
      }
    }
    return false;
  }

  private boolean isGoodNow(HoldfastClient client) {
    try {
      return isGood(ClusterView.ask(client));
    } catch (HoldfastException notYet) {
      return isNotYet(notYet);
    }
  }

  private static boolean answers(GlobalViewClient aggregator) {
    try {
      ListGlobalStockRequest one = ListGlobalStockRequest.newBuilder().setPageSize(1).build();
      Await.answer(aggregator.list(one));
      return true;
    } catch (HoldfastException notYet) {
      return isNotYet(notYet);
    }
  }

  /** Returns false; a wrong certificate does not become right by waiting. */
  private static boolean isNotYet(HoldfastException failure) {
    if (failure.tlsRefusal() != null && failure.tlsRefusal().lasts()) {
      throw failure;
    }
    return false;
  }
}
